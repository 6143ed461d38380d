import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from framing.labels.store import BATCH_ROWS, stored

PROGRAM = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
from framing.errors import InputError
from framing.labels.store import stored
try:
    stored(({"row": "word " * 200} for _ in range(1000)), dict, dict, len, rows_in_memory=10)
except InputError as error:
    print(error)
"""


def kept(n_rows: int, in_memory: int) -> list[int]:
    found = stored(({"n": n} for n in range(n_rows)), dict, dict, len, rows_in_memory=in_memory)
    assert len(found) == n_rows
    assert [one["n"] for one in found[-2:]] == list(range(n_rows))[-2:]
    with pytest.raises(IndexError):
        found[n_rows]
    return [one["n"] for one in found]


@pytest.mark.parametrize("n_rows", [1, 5, 6, BATCH_ROWS, BATCH_ROWS + 1, 3 * BATCH_ROWS])
def test_rows_are_the_same_in_memory_and_on_disk(n_rows: int) -> None:
    assert kept(n_rows, 5) == kept(n_rows, 10 * BATCH_ROWS) == list(range(n_rows))


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    found = stored(({"n": n} for n in range(100)), dict, dict, len, rows_in_memory=10)
    assert found[99] == {"n": 99}
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="sizes of files cannot be limited here")
def test_a_full_disk_is_one_line_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env={"TMPDIR": str(tmp_path), **_path()}, capture_output=True, text=True
    )
    assert done.stdout.startswith(f"{tmp_path}: rows cannot be put aside there (")
    assert not list(tmp_path.iterdir())


def _path() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(sys.path)}
