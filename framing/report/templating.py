"""Pages from templates: escaped by default, one file, and a policy under which nothing else can be loaded or run."""

import base64
import hashlib
from functools import partial
from importlib.resources import files

from framing.report import phrases
from framing.report.actors import STANCE


def rendered(name: str, **view: object) -> str:
    """The page that a template makes of what it is given."""
    # Jinja2 is imported here because every other command would pay for it at start.
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        visible=phrases.visible,
        tidy=phrases.tidy,
        words=phrases.label,
        count=phrases.count,
        failure=phrases.failure,
        stance=partial(phrases.amount, axis=STANCE),
    )
    return environment.get_template(name).render(**view)


def template(name: str) -> str:
    """A file of the folder `templates`."""
    return files("framing.report").joinpath("templates", name).read_text(encoding="utf-8")


def policy(style: str, script: str) -> str:
    """A content security policy that allows this style, this script, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
