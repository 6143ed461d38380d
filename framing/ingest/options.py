"""What a reader may do: limits of time and size, and which hosts it may ask."""

from dataclasses import dataclass
from typing import BinaryIO

from framing.errors import UsageError

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Limits of one reading.

    Attributes
    ----------
    timeout_seconds : for the whole of one URL, redirects and name look-up included.
    max_bytes : of one page, text file or standard input, unpacked. Tables are streamed and may be larger.
    allow_private : whether URLs may lead to private, loopback and link-local addresses.
    stdin : what `-` reads; None is the process's standard input.
    """

    timeout_seconds: float = 20.0
    max_bytes: int = 20 * MEGABYTE
    max_redirects: int = 5
    allow_private: bool = False
    stdin: BinaryIO | None = None

    def __post_init__(self) -> None:
        if self.timeout_seconds <= 0 or self.max_bytes <= 0 or self.max_redirects < 0:
            raise UsageError("read options: time-out and size must be above 0, redirects 0 or more")


DEFAULT = ReadOptions()
