"""Where the shipped files are, and the limits that hold everywhere."""

from pathlib import Path

from framing.errors import BundleError

MIN_PROSE_WORDS = 40
MIN_INTERVAL_SENTENCES = 3

_PACKAGE = Path(__file__).resolve().parent


def shipped(*parts: str) -> Path:
    """A file or folder that travels with the package: inside it when installed, beside it in a checkout."""
    for root in (_PACKAGE / "_shipped", _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise BundleError(f"{'/'.join(parts)}: not found beside the package; install framing again")


def default_bundle() -> Path:
    """The folder of the bundle that ships."""
    return shipped("models", "default")


def default_seeds() -> Path:
    """The folder of the lexicons that ship."""
    return shipped("seeds", "lexicons")


def default_actors() -> Path:
    """The folder of the actor files that ship."""
    return shipped("seeds", "actors")
