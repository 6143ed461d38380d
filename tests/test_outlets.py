from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from framing.errors import UsageError
from framing.outlets import Outlets, canonical_outlet

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Fox News", "Fox News"),
        ("Fox Online News", "Fox News"),
        ("fox news (online)", "Fox News"),
        ("Fox News (Online News)", "Fox News"),
        ("foxnews.com", "Fox News"),
        ("https://www.foxnews.com/politics/a-story", "Fox News"),
        ("Fox Business", "Fox Business"),
        ("CNN (Web News)", "CNN"),
        ("edition.cnn.com", "CNN"),
        ("CNN - Editorial", "CNN"),
        ("USA TODAY", "USA Today"),
        ("The New York Times", "New York Times"),
        ("New York Times - Opinion", "New York Times"),
        ("New York Post (Opinion)", "New York Post"),
        ("thedailycaller", "Daily Caller"),
        ("TheBlaze.com", "The Blaze"),
        ("The Blaze", "The Blaze"),
        ("Guest Writer - Right", "Guest Writer - Right"),
    ],
)
def test_one_publisher_has_one_name(written: str, name: str) -> None:
    assert canonical_outlet(written) == name


def test_an_unknown_outlet_is_called_as_it_is_written_first() -> None:
    outlets = Outlets.load()
    assert [outlets.name(one) for one in ("The Orrin Echo", "orrin echo", "ORRIN ECHO (News)")] == [
        "The Orrin Echo"
    ] * 3
    assert outlets.name("orrin-echo.example") != "The Orrin Echo"


def test_a_file_of_ones_own_adds_names_to_outlets_that_ship_and_outlets_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "outlets.toml"
    path.write_text(
        '[[outlets]]\nname = "fox news"\naliases = ["Rupert’s Channel"]\n'
        '[[outlets]]\nname = "Orrin Echo"\naliases = ["Echo on Sunday"]\ndomains = ["orrin-echo.example"]\n'
    )
    outlets = Outlets.load(path)
    assert outlets.name("rupert’s channel") == "Fox News"
    assert outlets.name("The Echo on Sunday") == outlets.name("m.orrin-echo.example") == "Orrin Echo"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nonsense", "cannot be read as outlets"),
        ("x = 1", r"no \[\[outlets\]\]"),
        ('[[outlets]]\nname = "A"\naliases = "B"', "outlet 1: aliases and domains are lists"),
        ('[[outlets]]\nname = "A"\nalias = ["B"]', "outlet 1: unknown key 'alias'"),
        ("[[outlets]]\naliases = []", "outlet 1: no name"),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "outlets.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match=message):
        Outlets.load(path)


def test_publishers_of_the_public_sets_have_one_name_each() -> None:
    if not DATA.is_dir():
        pytest.skip("the public sets are not at hand (../shared/data)")
    names = defaultdict(set)
    for file in ("babe.parquet", "article_bias.parquet", "moral_events.parquet"):
        for written in set(pq.read_table(DATA / file, columns=["outlet"])["outlet"].to_pylist()):
            names[canonical_outlet(written)].add(written)
    assert names["Fox News"] >= {"Fox News", "Fox Online News", "Fox News (Online)", "Fox News (Online News)"}
    words = ("fox news", "new york times", "wall street journal", "newsmax", "breitbart", "huffpost", "npr")
    found = {word: {name for name, every in names.items() if word in " ".join(every).casefold()} for word in words}
    assert not {word: known for word, known in found.items() if len(known) != 1}
