"""Actor files are read strictly, states bring their derived actors, a user's own file wins over those that ship."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from framing import cli
from framing.config import default_actors
from framing.errors import UsageError
from framing.seeds.actors import KINDS, Catalogue, Office, check_files

HEAD = """
name = "sample"
gloss = "Actors for tests."
source = "Own work for framing, 2026."
licence = "MIT"
as_of = "2025-06-30"
"""
VALMERA = """
[[actor]]
id = "valmera"
kind = "state"
name = "Valmera"
aliases = ["Republic of Valmera"]
acronyms = ["VAL"]
demonyms = ["Valmeran"]
people = ["Valmerans"]
capital = "Port Ellery"
government_aliases = ["Valmeran cabinet", "Ellery Palace"]
army_name = "Valmera Defence Force"
army_aliases = ["Home Guard"]
army_acronyms = ["VDF"]
"""
RUIZ = """
[[actor]]
id = "ana-ruiz"
kind = "person"
name = "Ana Ruiz"
aliases = ["Ruiz"]
country = "valmera"
gender = "f"
offices = [
    { office = "prime minister", of = "valmera", from = "2022-12-29" },
    { office = "foreign minister", of = "valmera", from = "2019-05", to = "2022-12-28", as_of = "2022-12-28" },
]
"""
TALL = """
[[actor]]
id = "bo-tall"
kind = "person"
name = "Bo Tall"
country = "valmera"
offices = [{ office = "Prime Minister", of = "valmera", from = "2016", to = "2022-12-28" }]
"""
PARTY = """
[[actor]]
id = "quay-party"
kind = "party"
name = "Quay Party"
members = ["Quayists"]
country = "valmera"
as_of = "2024"
"""
SAMPLE = HEAD + VALMERA + RUIZ + TALL + PARTY

Written = Callable[..., Path]
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(text: str, name: str = "sample") -> Path:
        path = tmp_path / f"{name}.toml"
        path.write_text(text.replace('name = "sample"', f'name = "{name}"'), "utf-8")
        return path

    return write


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command of `framing seeds` in this process: its exit code and what it prints."""

    def framing(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["framing", "seeds", *map(str, arguments)])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        return code, capsys.readouterr().out

    return framing


@pytest.fixture
def shipped(written: Written) -> Catalogue:
    return Catalogue.load(written(SAMPLE))


def test_an_entry_is_read_with_all_it_says(shipped: Catalogue) -> None:
    ruiz, party = shipped.actors["ana-ruiz"], shipped.actors["quay-party"]
    assert (ruiz.name, ruiz.kind, ruiz.aliases, ruiz.country, ruiz.gender) == (
        "Ana Ruiz",
        "person",
        ("Ruiz",),
        "valmera",
        "f",
    )
    assert ruiz.offices == (
        Office("prime minister", "valmera", "2022-12-29", None, "2025-06-30"),
        Office("foreign minister", "valmera", "2019-05", "2022-12-28", "2022-12-28"),
    )
    assert (ruiz.as_of, party.as_of, party.members, party.own) == ("2025-06-30", "2024", ("Quayists",), False)


def test_a_state_brings_its_government_its_army_and_its_people(shipped: Catalogue) -> None:
    state, government, army, people = list(shipped.actors.values())[:4]
    assert [actor.id for actor in (state, government, army, people)] == [
        "valmera",
        "valmera.government",
        "valmera.army",
        "valmera.people",
    ]
    assert [actor.kind for actor in (government, army, people)] == ["government", "army", "people"]
    assert [actor.name for actor in (government, army, people)] == [
        "Valmeran government",
        "Valmera Defence Force",
        "Valmerans",
    ]
    assert {actor.country for actor in (government, army, people)} == {"valmera"}
    assert {"VAL officials", "government of Valmera", "Ellery Palace"} <= set(government.aliases)
    assert {"Valmeran army", "Valmeran air force", "VAL troops", "Home Guard"} <= set(army.aliases)
    assert army.acronyms == ("VDF",)
    assert {"Valmeran people", "VAL citizens"} <= set(people.aliases)
    assert government.capital == "Port Ellery"
    assert len(set(government.names)) == len(government.names)


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ('name = "Valmera"', ["government of Valmera", "army of Valmera", "people of Valmera"]),
        ('name = "Valmera Islands"', ["government of the Valmera Islands"]),
        ('name = "Valmera"\ndemonyms = ["Valmeran"]', ["Valmeran government", "Valmeran army", "Valmeran people"]),
        ('name = "Valmera"\npeople = ["Valmerans"]', ["Valmerans"]),
    ],
)
def test_derived_actors_need_no_more_than_the_name_of_the_state(written: Written, state: str, names: list[str]) -> None:
    actors = Catalogue.load(written(f'{HEAD}[[actor]]\nid = "valmera"\nkind = "state"\n{state}\n')).actors
    assert set(names) <= {name for id, actor in actors.items() if "." in id for name in actor.names}


def test_a_capital_called_like_its_state_stands_for_no_government(written: Written) -> None:
    text = SAMPLE.replace('capital = "Port Ellery"', 'capital = "Valmera"')
    assert Catalogue.load(written(text)).actors["valmera.government"].capital is None


def test_who_belongs_to_a_party_is_on_its_side_and_nobody_else_is_on_any(written: Written) -> None:
    quays = RUIZ + 'party = "quay-party"\n' + PARTY + 'side = "right"\n'
    loaded = Catalogue.load(written(HEAD + VALMERA + TALL + quays))
    assert loaded.sides == {"quay-party": 1, "ana-ruiz": 1}
    assert Catalogue.from_json(json.loads(json.dumps(loaded.to_json()))).sides == loaded.sides


def test_both_parties_of_the_united_states_and_their_politicians_have_a_side() -> None:
    sides = Catalogue.load(default_actors()).sides
    assert (sides["democratic-party"], sides["republican-party"]) == (-1, 1)
    assert (sides["barack-obama"], sides["donald-trump"]) == (-1, 1)
    assert min(list(sides.values()).count(side) for side in (-1, 1)) > 150
    assert "john-roberts" not in sides


def test_a_name_in_a_file_wins_over_one_made_by_rule(written: Written) -> None:
    guard = '[[actor]]\nid = "guard"\nkind = "agency"\nname = "Valmeran Troops"\ncountry = "valmera"\n'
    loaded = Catalogue.load(written(SAMPLE + guard))
    assert "Valmeran troops" not in loaded.actors["valmera.army"].names
    assert "Valmeran soldiers" in loaded.actors["valmera.army"].names


BROKEN = [
    ("unknown key", VALMERA + 'capitol = "Port Ellery"\n', "entry valmera: unknown key 'capitol'"),
    ("unknown key of an office", RUIZ.replace("from =", "since ="), "entry ana-ruiz, office 1: unknown key 'since'"),
    ("key of a state", PARTY + 'demonyms = ["Quay"]\n', "entry quay-party: demonyms is for states only"),
    ("key of a person", PARTY + 'gender = "x"\n', "entry quay-party: gender is for persons only"),
    ("key of a group", RUIZ + 'members = ["Ruizites"]\n', "entry ana-ruiz: members is for groups only"),
    ("key of members", PARTY + 'party = "quay-party"\n', "entry quay-party: party is for persons and groups only"),
    ("key of a party", RUIZ + 'side = "left"\n', "entry ana-ruiz: side is for parties only"),
    ("bad side", PARTY + 'side = "centre"\n', "side is 'centre'; use one of left, right"),
    ("unknown party", RUIZ + 'party = "quays"\n', "party is 'quays', and there is no such actor"),
    ("party no party", RUIZ + 'party = "valmera"\n', "party is 'valmera', of kind state; give the id of a party"),
    ("no id", PARTY.replace('id = "quay-party"', ""), "entry 5: id is missing"),
    ("no kind", PARTY.replace('kind = "party"', ""), "entry quay-party: kind is missing"),
    ("no name", PARTY.replace('name = "Quay Party"', ""), "entry quay-party: name is missing"),
    ("bad id", PARTY.replace('"quay-party"', '"Quay.Party"'), "id 'Quay.Party' is not kebab-case"),
    ("bad kind", PARTY.replace('"party"', '"club"'), "kind is 'club'; use one of person, state"),
    ("bad gender", RUIZ.replace('"f"', '"woman"'), "gender is 'woman'; use one of m, f, x"),
    ("letters for a list", PARTY + 'aliases = "Quay"\n', "aliases must be a list of texts"),
    ("a number for a text", PARTY.replace('"valmera"', "7"), "country must be text in quotes, got 7"),
    ("empty alias", PARTY + 'aliases = [" "]\n', "aliases must be a list of texts"),
    ("common word", PARTY + 'aliases = ["quay"]\n', "'quay' in aliases has no capital letter"),
    ("one letter", PARTY + 'acronyms = ["Q"]\n', "'Q' in acronyms is one letter"),
    ("spaces", PARTY + 'aliases = ["Quay  Lot"]\n', "'Quay  Lot' in aliases has spaces too many"),
    ("alias twice", PARTY + 'aliases = ["Quay", "Quay"]\n', "entry quay-party: 'Quay' stands twice in aliases"),
    ("name as alias", PARTY + 'aliases = ["Quay Party"]\n', "entry quay-party: 'Quay Party' stands in two places"),
    ("alias of another", PARTY + 'aliases = ["Ruiz"]\n', "'Ruiz' also names ana-ruiz in sample.toml"),
    ("alias of an army", PARTY + 'acronyms = ["VDF"]\n', "'VDF' also names valmera.army in sample.toml"),
    ("adjective as alias", PARTY + 'aliases = ["Valmeran"]\n', "'Valmeran' also names valmera.people"),
    ("capital as alias", PARTY + 'aliases = ["Port Ellery"]\n', "'Port Ellery' also names valmera.government"),
    ("id twice", PARTY + PARTY, "entry quay-party: the id is also in sample.toml"),
    ("unknown country", PARTY.replace('"valmera"', '"almera"'), "country is 'almera', and there is no such actor"),
    ("country no state", PARTY.replace('"valmera"', '"ana-ruiz"'), "country is 'ana-ruiz', of kind person"),
    ("unknown part_of", PARTY + 'part_of = "quays"\n', "part_of is 'quays', and there is no such actor"),
    ("unknown of", TALL.replace('of = "valmera"', 'of = "almera"'), "of (Prime Minister) is 'almera', and there is"),
    ("part of itself", PARTY + 'part_of = "quay-party"\n', "lead round in a circle (quay-party → quay-party)"),
    ("bad as_of", PARTY.replace('"2024"', '"June 2024"'), "entry quay-party: as_of is 'June 2024'; write a date"),
    ("no such day", TALL.replace('"2016"', '"2016-02-30"'), "entry bo-tall, office 1: from is '2016-02-30'"),
    ("a week", TALL.replace('"2016"', '"2016-W07-1"'), "from is '2016-W07-1'; write a date"),
    ("date without quotes", TALL.replace('"2016"', "2016-01-01"), "from must be text in quotes"),
    ("ends before it begins", TALL.replace('"2016"', '"2023"'), "it ends in 2022-12-28, before it begins in 2023"),
    ("no office", TALL.replace('office = "Prime Minister"', 'as_of = "2020"'), "office 1: office is missing"),
    ("offices as text", TALL.replace("[{", '["pm"] #'), "offices must be tables"),
]


@pytest.mark.parametrize(("text", "message"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_entry_is_one_line_with_file_and_entry(written: Written, text: str, message: str) -> None:
    rest = [part for part in (VALMERA, RUIZ, TALL, PARTY) if part.split("\n")[2] not in text]
    if "entry 5" in message:
        rest = [VALMERA, RUIZ, TALL, '[[actor]]\nid = "other"\nkind = "other"\nname = "Other"\n']
    with pytest.raises(UsageError) as error:
        Catalogue.load(written(HEAD + "".join((*rest, text))))
    assert str(error.value).startswith("sample.toml: entry ")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


TOPS = [
    (HEAD + 'glos = "x"\n' + PARTY, "top level: unknown key 'glos'"),
    (HEAD.replace('licence = "MIT"', "") + PARTY, "top level: licence is missing"),
    (HEAD.replace('"2025-06-30"', '"soon"') + PARTY, "top level: as_of is 'soon'"),
    (HEAD, "top level: there are no actors"),
    (HEAD + 'actor = "Quay"\n', "top level: actor must be tables"),
    (HEAD + "[[actor]\n", "not TOML"),
]


@pytest.mark.parametrize(("text", "message"), TOPS)
def test_a_broken_file_is_named(written: Written, text: str, message: str) -> None:
    problems = check_files(written(text))
    assert str(problems[0]).startswith("sample.toml: ")
    assert message in str(problems[0])


def test_a_file_is_named_after_its_name(tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text(SAMPLE, "utf-8")
    assert [str(problem) for problem in check_files(path)] == [
        "other.toml: top level: name is 'sample', the file's stem 'other'; make them the same"
    ]


def test_a_longer_circle_is_shown_once(written: Written) -> None:
    row = '[[actor]]\nid = "{0}"\nkind = "body"\nname = "{0} Body"\npart_of = "{1}"\n'
    text = HEAD + "".join(row.format(*pair) for pair in (("a", "b"), ("b", "c"), ("c", "b"), ("d", "a")))
    assert [str(problem).partition("(")[2][:9] for problem in check_files(written(text))] == ["b → c → b"]


def test_every_problem_of_every_file_is_found(written: Written) -> None:
    one = written(HEAD + VALMERA + "".join(PARTY.replace("quay-party", id) for id in ("x", "y")), "one")
    two = written(HEAD + RUIZ.replace('"f"', '"w"').replace('"2019-05"', '"19"'), "two")
    found = [str(problem) for problem in check_files(one, two)]
    assert [line.split(": ")[:2] for line in found] == [
        ["two.toml", "entry ana-ruiz"],
        ["two.toml", "entry ana-ruiz, office 2"],
        ["one.toml", "entry y"],
        ["one.toml", "entry y"],
    ]


def test_a_folder_is_read_whole_and_one_without_files_is_an_error(written: Written, tmp_path: Path) -> None:
    written(HEAD + VALMERA, "states")
    written(HEAD + RUIZ, "persons")
    assert {"valmera", "valmera.army", "ana-ruiz"} <= Catalogue.load(tmp_path).actors.keys()
    (tmp_path / "empty").mkdir()
    for path, message in (("empty", "no .toml file in it"), ("none", "no such file or folder")):
        with pytest.raises(UsageError, match=message):
            Catalogue.load(tmp_path / path)


OFFICES = [
    ("prime minister", "valmera", None, ["ana-ruiz"]),
    ("PM", "valmera", "2024-01-01", ["ana-ruiz"]),
    ("Premier", "valmera.government", "2018", ["bo-tall"]),
    ("the acting prime minister", "valmera", "2022-12-28", ["bo-tall"]),
    ("prime minister", "valmera", "2015-12-31", []),
    ("prime minister", "valmera", "2022-12", ["ana-ruiz", "bo-tall"]),
    ("prime minister", "valmera", "2030-01-01T10:00:00", ["ana-ruiz"]),
    ("prime minister", "valmera", "4 March 2018", ["ana-ruiz"]),
    ("foreign secretary", "valmera", "2020-01-01", ["ana-ruiz"]),
    ("Minister of Foreign Affairs", "valmera", "2019-05-01", ["ana-ruiz"]),
    ("foreign minister", "valmera", "2019-04-30", []),
    ("foreign minister", "valmera", "2024-01-01", []),
    ("foreign minister", "valmera", None, ["ana-ruiz"]),
    ("leader", "valmera", "2024-01-01", ["ana-ruiz"]),
    ("head of government", "valmera", "2018-01-01", ["bo-tall"]),
    ("president", "valmera", None, []),
    ("prime minister", "almera", None, []),
]


@pytest.mark.parametrize(("words", "of", "date", "ids"), OFFICES)
def test_an_office_leads_to_whoever_held_it(
    shipped: Catalogue, words: str, of: str, date: str | None, ids: list[str]
) -> None:
    assert list(shipped.holders(words, of, date)) == ids


LED = """
[[actor]]
id = "kay"
kind = "person"
name = "Kay Lo"
offices = [{{ office = "{office}", of = "{of}" }}]
"""


@pytest.mark.parametrize(
    ("of", "office", "words", "meant"),
    [
        ("quay-party", "secretary-general", "leader", True),
        ("quay-party", "chairwoman", "chief", True),
        ("quay-party", "general secretary", "Secretary-General", True),
        ("quay-party", "treasurer", "leader", False),
        ("valmera.army", "chief of staff", "army chief", True),
        ("valmera", "chief of staff", "leader", False),
        ("valmera", "chair of the Quays", "leader", False),
        ("valmera.army", "commander-in-chief", "head", True),
        ("quay-party", "chief executive officer", "CEO", True),
        ("quay-party", "head of the political bureau", "leader", True),
        ("valmera", "leader of the opposition", "opposition leader", True),
        ("valmera", "leader of the opposition", "leader", False),
        ("valmera", "supreme leader", "leader", True),
        ("valmera", "Secretary of State for Defence", "defense minister", True),
        ("valmera", "secretary of defense", "Minister for Defence", True),
        ("valmera", "secretary of state", "foreign minister", False),
        ("valmera", "chancellor", "finance minister", False),
        ("valmera", "vice president", "president", False),
        ("valmera", "press secretary", "press minister", False),
    ],
)
def test_an_office_has_many_titles(written: Written, of: str, office: str, words: str, meant: bool) -> None:
    loaded = Catalogue.load(written(HEAD + VALMERA + PARTY + LED.format(office=office, of=of)))
    assert loaded.holders(words, of) == (("kay",) if meant else ())


@pytest.mark.parametrize(
    ("state", "office", "words", "meant"),
    [
        ("united-states", "secretary of state", "foreign minister", True),
        ("united-states", "secretary of defense", "defence minister", True),
        ("united-kingdom", "chancellor of the exchequer", "chancellor", True),
        ("united-kingdom", "foreign secretary", "foreign minister", True),
        ("germany", "chancellor", "finance minister", False),
        ("india", "foreign secretary", "foreign minister", False),
        ("india", "minister of external affairs", "foreign minister", True),
    ],
)
def test_what_a_title_means_depends_on_the_state(
    written: Written, state: str, office: str, words: str, meant: bool
) -> None:
    of_state = VALMERA.replace('"valmera"', f'"{state}"')
    loaded = Catalogue.load(written(HEAD + of_state + LED.format(office=office, of=state)))
    assert loaded.holders(words, state) == (("kay",) if meant else ())


def test_a_holder_is_told_from_one_who_may_have_left_since(shipped: Catalogue) -> None:
    (now,) = shipped.tenures("PM", "valmera", "2027-01-01")
    (then,) = shipped.tenures("PM", "valmera", "2018-01-01")
    assert (now.office.as_of, now.sure_on("2027-01-01"), now.sure_on("2025-06-30")) == ("2025-06-30", False, True)
    assert then.sure_on("2018-01-01")


def test_who_is_known_to_have_begun_comes_before_who_is_not(written: Written) -> None:
    text = SAMPLE.replace('from = "2016", to = "2022-12-28"', 'as_of = "2020"')
    loaded = Catalogue.load(written(text))
    assert loaded.holders("prime minister", "valmera", "2021-01-01") == ("bo-tall",)
    assert loaded.holders("prime minister", "valmera", "2024-01-01") == ("ana-ruiz",)


def test_who_has_left_is_the_leader_only_if_nobody_is_known_to_lead(written: Written) -> None:
    """The president, whose title comes first, has left; the chair has not."""
    gone = LED.format(office="president", of="quay-party").replace(" }]", ', to = "2020" }]')
    chair = LED.format(office="chair", of="quay-party").replace("kay", "lou").replace("Kay", "Lou")
    both = Catalogue.load(written(HEAD + VALMERA + PARTY + gone + chair))
    assert both.holders("leader", "quay-party") == ("lou",)
    assert both.holders("president", "quay-party") == ("kay",)
    assert Catalogue.load(written(HEAD + VALMERA + PARTY + gone)).holders("leader", "quay-party") == ("kay",)
    assert both.holders("president", "quay-party", "2021") == ()


def test_what_is_written_as_json_is_read_the_same(shipped: Catalogue) -> None:
    again = Catalogue.from_json(json.loads(json.dumps(shipped.to_json())))
    assert again == shipped
    assert again.holders("PM", "valmera") == ("ana-ruiz",)
    with pytest.raises(UsageError, match="compiled version 0"):
        Catalogue.from_json({**shipped.to_json(), "compiled": 0})


def test_a_bundle_keeps_the_nouns_it_was_made_with(shipped: Catalogue) -> None:
    data = json.loads(json.dumps(shipped.to_json()))
    data["nouns"]["army"] = ["legion"]
    army = Catalogue.from_json(data).actors["valmera.army"]
    assert "Valmeran legion" in army.names
    assert "Valmeran army" not in army.names


MINE = """
[[actor]]
id = "harbour-union"
kind = "organisation"
name = "Harbour Union"
aliases = ["Quayists"]
acronyms = ["VDF"]
country = "valmera"
part_of = "quay-party"
"""


def test_a_users_own_file_adds_actors_and_may_name_shipped_ones(shipped: Catalogue, written: Written) -> None:
    own = written(HEAD + MINE.replace('aliases = ["Quayists"]\nacronyms = ["VDF"]\n', ""), "own")
    merged = shipped.with_own(own)
    assert merged.actors["harbour-union"].own
    assert not merged.actors["valmera"].own
    assert merged.notes == ()
    assert set(merged.actors) == {*shipped.actors, "harbour-union"}
    with pytest.raises(UsageError, match="country is 'valmera', and there is no such actor"):
        Catalogue.load(own)


def test_a_name_in_a_users_own_file_is_taken_from_the_shipped_actor_and_said(
    shipped: Catalogue, written: Written
) -> None:
    merged = shipped.with_own(written(HEAD + MINE, "own"))
    assert merged.actors["quay-party"].members == ()
    assert merged.actors["valmera.army"].acronyms == ()
    assert merged.notes == (
        "'VDF' is harbour-union in your file, and no longer valmera.army",
        "'Quayists' is harbour-union in your file, and no longer quay-party",
    )


def test_an_own_entry_replaces_the_shipped_one_of_its_id(shipped: Catalogue, written: Written) -> None:
    own = VALMERA.replace('"Valmeran"', '"Almeran"').replace("army_", "# army_")
    merged = shipped.with_own(written(HEAD + own, "own"))
    assert merged.actors["valmera.army"].name == "Almeran army"
    assert merged.actors["valmera.army"].own
    assert merged.notes == ("valmera: your entry replaces the one that ships",)
    assert merged.holders("PM", "valmera") == ("ana-ruiz",)


def test_a_name_made_by_rule_gives_way_to_a_users_own(shipped: Catalogue, written: Written) -> None:
    own = MINE.replace('["Quayists"]', '["Valmeran officials"]').replace('acronyms = ["VDF"]\n', "")
    merged = shipped.with_own(written(HEAD + own, "own"))
    assert "Valmeran officials" in shipped.actors["valmera.government"].names
    assert "Valmeran officials" not in merged.actors["valmera.government"].names


def test_a_shipped_actor_that_loses_its_name_is_called_by_the_next(shipped: Catalogue, written: Written) -> None:
    own = MINE.replace('"Quayists"', '"Ana Ruiz"').replace('acronyms = ["VDF"]\n', "")
    assert shipped.with_own(written(HEAD + own, "own")).actors["ana-ruiz"].names == ("Ruiz",)
    with pytest.raises(UsageError, match=r"own\.toml: entry harbour-union: 'Bo Tall' is all that 'bo-tall' is called"):
        shipped.with_own(written(HEAD + own.replace("Ana Ruiz", "Bo Tall"), "own"))


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("valmera", ["valmera"]),
        ("quayists", ["quay-party"]),
        ("vdf", ["valmera.army"]),
        ("valmeran troops", ["valmera.army"]),
        ("nobody", []),
    ],
)
def test_an_actor_is_found_by_id_or_by_name(shipped: Catalogue, words: str, ids: list[str]) -> None:
    assert [actor.id for actor in shipped.named(words)] == ids


def test_the_actor_files_that_ship_are_sound() -> None:
    folder = Path(__file__).parent.parent / "seeds" / "actors"
    assert [str(problem) for problem in check_files(folder)] == []
    assert {actor.kind for actor in Catalogue.load(folder).actors.values()} <= set(KINDS)


def test_actors_are_listed_and_shown(run: Run, written: Written) -> None:
    union = MINE.replace('acronyms = ["VDF"]\ncountry = "valmera"\npart_of = "quay-party"\n', "")
    own = written(HEAD + union, "own")
    listed = json.loads(run("actors", "--kind", "organisation", "--actors", own, "--json")[1])
    assert [actor["name"] for actor in listed if actor["own"]] == ["Harbour Union"]
    assert "harbour-union" in run("actors", "--actors", own)[1]
    assert "Quayists" in run("actor", "harbour union", "--actors", own)[1]
    israel = json.loads(run("actor", "Israel", "--json")[1])
    assert (israel["id"], israel["kind"]) == ("israel", "state")
    assert run("actor", "no such actor")[0] == 2
    assert run("actors", "--kind", "club")[0] == 2


def test_own_actors_are_checked(run: Run, written: Written) -> None:
    sound = written(HEAD + PARTY.replace('country = "valmera"\n', ""), "sound")
    assert run("check", "--actors", sound)[0] == 0
    code, out = run("check", "--actors", written(HEAD + PARTY, "broken"))
    assert code == 2
    assert out.startswith("broken.toml: entry quay-party: country is 'valmera'")
