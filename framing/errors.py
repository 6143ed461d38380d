"""Errors a user can act on, as one tree.

::

    FramingError            exit code
    ├── UsageError          2   an option, a setting or a seed file is wrong
    ├── InputError          3   input empty, binary, not an article, not English
    ├── BundleError         4   a bundle is missing, damaged or of another version
    └── StoppedError      130   a training stopped by the user, which can be resumed

Code 1 is any other exception, which is our bug and keeps its traceback; code 5 (some rows of a batch failed) and
code 6 (a bundle is worse than the one it is held against, or a report meets a condition to fail on) are not exceptions.
A message says *where: what; what to do*.
"""

from typing import ClassVar


class FramingError(Exception):
    """Anything the user can put right; never raised itself."""

    exit_code: ClassVar[int] = 1
    kind: ClassVar[str] = "error"


class UsageError(FramingError):
    """An option, a setting, a lexicon or a missing extra."""

    exit_code = 2
    kind = "usage"


class InputError(FramingError):
    """Input that cannot be scored: empty, binary, not an article, not English, not reachable."""

    exit_code = 3
    kind = "input"


class BundleError(FramingError):
    """A bundle that is missing, damaged or written by another version."""

    exit_code = 4
    kind = "bundle"


class StoppedError(FramingError):
    """A training that was stopped; what was done is kept."""

    exit_code = 130  # what a shell says of a program ended by Ctrl-C
    kind = "interrupted"


SOME_ROWS_FAILED = 5
GATE_CLOSED = 6
