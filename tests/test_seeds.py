"""Lexicons are read strictly, inflected by rule, and what they say of themselves holds."""

import json
from pathlib import Path

import pytest

from framing.errors import UsageError
from framing.features.seed_check import MIN_EXAMPLES, Problem, check, check_lexicon, contradictions, find
from framing.seeds import Lexicon, Term, from_json, load_folder, load_lexicon, n_surfaces, n_terms, surfaces, to_json

FOLDER = Path(__file__).parent.parent / "seeds" / "lexicons"
PATHS = sorted(FOLDER.glob("*.toml"))

HEAD = """
name = "sample"
gloss = "Words for tests."
family = "wording"
kind = "terms"
source = "Own work for framing, 2026."
licence = "MIT"
as_of = "2026-11-20"
"""
SIGNS = """
[signs]
loaded = 1
"""
TERM = """
[[terms]]
term = "massacre"
pos = "noun"
"""


def written(folder: Path, text: str, name: str = "sample") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


INFLECTIONS = [
    ("massacre", "noun", "massacres"),
    ("thug", "noun", "thugs"),
    ("witch", "noun", "witches"),
    ("enemy", "noun", "enemies"),
    ("ploy", "noun", "ploys"),
    ("crisis", "noun", "crises"),
    ("hero", "noun", "heroes"),
    ("photo", "noun", "photos"),
    ("strongman", "noun", "strongmen"),
    ("witch hunt", "noun", "witch hunts"),
    ("witch-hunt", "noun", "witch-hunts"),
    ("act of war", "noun", "acts of war"),
    ("act of war", "noun", "act of wars"),
    ("slam", "verb", "slams|slammed|slamming"),
    ("blast", "verb", "blasts|blasted|blasting"),
    ("claim", "verb", "claims|claimed|claiming"),
    ("slash", "verb", "slashes|slashed|slashing"),
    ("decry", "verb", "decries|decried|decrying"),
    ("betray", "verb", "betrays|betrayed|betraying"),
    ("criticise", "verb", "criticises|criticised|criticising"),
    ("flee", "verb", "flees|fleeing"),
    ("lie", "verb", "lies|lied|lying"),
    ("veto", "verb", "vetoes|vetoed|vetoing"),
    ("vow", "verb", "vows|vowed|vowing"),
    ("tax", "verb", "taxes|taxed|taxing"),
    ("quit", "verb", "quits|quitted|quitting"),
    ("panic", "verb", "panics|panicked|panicking"),
    ("murder", "verb", "murders|murdered|murdering"),
    ("lash out", "verb", "lashes out|lashed out|lashing out"),
    ("cherry-pick", "verb", "cherry-picks|cherry-picked|cherry-picking"),
    ("name-drop", "verb", "name-drops|name-dropped|name-dropping"),
]


@pytest.mark.parametrize(("term", "pos", "forms"), INFLECTIONS)
def test_a_term_is_inflected_by_rule(term: str, pos: str, forms: str) -> None:
    made = surfaces(term, pos)
    assert made[0] == term
    assert set(forms.split("|")) <= set(made)


@pytest.mark.parametrize("pos", ["adjective", "adverb", "phrase"])
def test_other_parts_of_speech_stay_as_written(pos: str) -> None:
    assert surfaces("radical", pos) == ("radical",)


def test_irregular_forms_are_added_once() -> None:
    assert surfaces("slay", "verb", ("slew", "slain", "slew")) == (
        "slay",
        "slays",
        "slayed",
        "slaying",
        "slew",
        "slain",
    )


def test_a_lexicon_is_read_with_all_it_says(tmp_path: Path) -> None:
    text = HEAD + SIGNS + TERM + 'plain = "killing"\nunless = ["massacre of pizza"]\nforms = ["massacree"]\n'
    lexicon = load_lexicon(written(tmp_path, text))
    assert lexicon.signs == {"loaded": 1}
    assert lexicon.terms == (Term("massacre", "noun", "killing", ("massacre of pizza",), ("massacree",)),)


BROKEN = [
    ("unknown key", HEAD + 'glos = "x"\n' + TERM, "unknown key 'glos'"),
    ("missing key", HEAD.replace('licence = "MIT"', "") + TERM, "licence is missing"),
    ("empty value", HEAD.replace('"MIT"', '" "') + TERM, "licence must be text"),
    ("five letters", HEAD + 'terms = "hedge"\n', "terms must be tables"),
    ("terms as texts", HEAD + 'terms = ["hedge"]\n', "terms must be tables"),
    ("no terms", HEAD, "there are none"),
    ("unknown term key", HEAD + TERM + 'plane = "killing"\n', "unknown key 'plane'"),
    ("no pos", HEAD + '[[terms]]\nterm = "massacre"\n', "pos is missing"),
    ("bad pos", HEAD + TERM.replace('"noun"', '"nown"'), "pos is 'nown'"),
    ("letters for a list", HEAD + TERM + 'unless = "tax"\n', "unless must be a list"),
    ("empty form", HEAD + TERM + 'forms = [""]\n', "forms must be a list"),
    ("twice", HEAD + TERM + TERM, "listed twice"),
    ("not words", HEAD + TERM.replace('"massacre"', '"massacre!"'), "not words"),
    ("bad kind", HEAD.replace('kind = "terms"', 'kind = "words"') + TERM, "kind is 'words'"),
    ("bad family", HEAD.replace('"wording"', '"words"') + TERM, "family is 'words'"),
    ("bad sign", HEAD + "[signs]\nloaded = 2\n" + TERM, "sign of loaded is 2"),
    ("true sign", HEAD + "[signs]\nloaded = true\n" + TERM, "sign of loaded is True"),
    ("signs in a text", HEAD + 'signs = "loaded"\n' + TERM, "signs must be a table"),
    ("bad date", HEAD.replace('"2026-11-20"', '"autumn"') + TERM, "as_of is 'autumn'"),
    ("other name", HEAD.replace('"sample"', '"other"') + TERM, "the file's stem"),
    ("scare quotes with terms", HEAD.replace('kind = "terms"', 'kind = "scare_quote"') + TERM, "has none"),
    ("no match", HEAD + TERM + '[[examples]]\ntext = "A massacre."\n', "match is missing"),
    ("not TOML", HEAD + "signs = ", "not TOML"),
]


@pytest.mark.parametrize(("text", "message"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_lexicon_is_refused_with_its_entry(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=r"sample\.toml: ") as error:
        load_lexicon(written(tmp_path, text))
    assert message in str(error.value)


def test_a_lexicon_that_is_not_utf8_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sample.toml"
    with pytest.raises(UsageError, match="check the path"):
        load_lexicon(path)
    path.write_bytes(b"name = '\xff'")
    with pytest.raises(UsageError, match="not UTF-8"):
        load_lexicon(path)


def test_a_folder_is_read_in_order_of_name_and_an_empty_one_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no \.toml file"):
        load_folder(tmp_path)
    written(tmp_path, HEAD.replace('"sample"', '"zebra"') + TERM, "zebra")
    written(tmp_path, HEAD + TERM)
    assert [lexicon.name for lexicon in load_folder(tmp_path)] == ["sample", "zebra"]


def test_the_compiled_copy_says_the_same() -> None:
    lexicons = load_folder(FOLDER)
    copy = from_json(json.loads(json.dumps(to_json(lexicons))))
    assert copy == lexicons
    assert [t.surfaces for x in copy for t in x.terms] == [t.surfaces for x in lexicons for t in x.terms]


def test_a_copy_of_another_version_is_refused() -> None:
    with pytest.raises(UsageError, match="compile again"):
        from_json({"compiled": 0, "lexicons": []})


def test_the_shipped_lexicons_are_many_and_have_sources() -> None:
    lexicons = load_folder(FOLDER)
    assert len(lexicons) >= 15
    assert n_terms(lexicons) >= 900
    assert n_surfaces(lexicons) > n_terms(lexicons)
    assert not [x.name for x in lexicons if not (x.source and x.gloss and x.licence)]


def test_the_shipped_lexicons_do_not_contradict_each_other() -> None:
    assert contradictions(load_folder(FOLDER)) == []


@pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])
def test_every_example_of_a_shipped_lexicon_holds(path: Path) -> None:
    assert [str(problem) for problem in check_lexicon(load_lexicon(path), min_examples=MIN_EXAMPLES)] == []


def test_own_lexicons_need_no_examples(tmp_path: Path) -> None:
    written(tmp_path, HEAD + TERM)
    assert check(tmp_path) == []
    assert len(check(tmp_path, min_examples=MIN_EXAMPLES)) == 2


def test_a_folder_of_lexicons_that_is_not_there_is_named(tmp_path: Path) -> None:
    for refuse in (load_folder, check):
        with pytest.raises(UsageError, match="nowhere: no such folder; give"):
            refuse(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="file: not a folder"):
        check(tmp_path / "file")


def test_check_names_every_kind_of_fault(tmp_path: Path) -> None:
    text = HEAD + SIGNS + TERM + 'unless = ["slaughter"]\n[[examples]]\ntext = "A massacre."\nmatch = []\n'
    written(tmp_path, text)
    written(tmp_path, HEAD.replace('"sample"', '"other"') + SIGNS.replace("1", "-1") + TERM, "other")
    written(tmp_path, 'name = "bad"', "bad")
    problems = check(tmp_path, axes=["opinion"], min_examples=MIN_EXAMPLES)
    messages = "\n".join(map(str, problems))
    assert all(isinstance(problem, Problem) for problem in problems)
    for part in (
        "bad.toml: top level: gloss is missing",
        "no axis 'loaded'",
        "0 that match",
        "does not contain the term",
        "found ['massacre'], match says []",
        "opposite sign on loaded",
    ):
        assert part in messages


def lexicon_of(*terms: Term, name: str = "sample") -> Lexicon:
    return Lexicon(name, "g", "wording", "terms", "s", "MIT", "2026-11-20", {}, terms)


def test_find_says_which_lexicons_know_a_word_and_how() -> None:
    lexicons = (
        lexicon_of(Term("regime", "noun", "government", ("exercise regime",))),
        lexicon_of(Term("regime change", "noun"), Term("junta", "noun", "regime"), name="other"),
    )
    found = [(f.lexicon, f.term, f.how) for f in find("Regimes", lexicons)]
    assert found == [("sample", "regime", "match")]
    assert [(f.term, f.how) for f in find("regime", lexicons)] == [
        ("regime", "match"),
        ("regime change", "part"),
        ("junta", "plain"),
    ]
    assert [(f.term, f.how) for f in find("exercise", lexicons)] == [("regime", "unless")]
    assert find("weather", lexicons) == ()
