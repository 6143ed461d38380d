"""A folder that appears whole or not at all."""

import errno
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from framing.bundle import MANIFEST, WORDS
from framing.errors import UsageError
from framing.features.vocabulary import Vocabulary


def refuse_existing(folder: Path, force: bool) -> None:
    """Raises `UsageError` where a folder is in the way and may not be replaced."""
    if folder.exists() and not force:
        raise UsageError(f"{folder}: exists; choose another place or give --force")


@contextmanager
def whole(folder: Path, force: bool) -> Iterator[Path]:
    """A folder to fill, which takes the place of `folder` when all went well and is gone when not."""
    refuse_existing(folder, force)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made ({error.strerror}); choose another place") from error
    try:
        partial.chmod(0o755)
        yield partial
        for path in partial.iterdir():
            path.chmod(0o644)
        _replace(partial, folder)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        raise UsageError(f"{folder}: the disk is full; nothing was written, make room and run it again") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Writes the manifest with the hashes of all other files in `folder`."""
    files = sorted(path for path in folder.iterdir() if path.name != MANIFEST)
    hashes = {path.name: sha256(path.read_bytes()).hexdigest() for path in files}
    text = json.dumps({**manifest, "files": hashes}, indent=1, ensure_ascii=False)
    partial = folder / f".{MANIFEST}"
    partial.write_text(text + "\n", "utf-8")
    partial.replace(folder / MANIFEST)


def write_words(vocabulary: Vocabulary | None, folder: Path) -> None:
    """Writes the words that are weighed, if any are."""
    if vocabulary is not None:
        (folder / WORDS).write_text(json.dumps(vocabulary.words, ensure_ascii=False), "utf-8")


def _replace(partial: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.replace(old)
    partial.replace(folder)
    shutil.rmtree(old, ignore_errors=True)
