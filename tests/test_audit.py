"""The audit: what it reads, what it finds in scorers that are fair, biased or constant, and how it is shown."""

import io
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rich.console import Console
from scipy.stats import binomtest
from sklearn.metrics import f1_score

from framing import cli
from framing.article import Article, Span
from framing.audit import AuditReport, Material, load, run, swaps
from framing.audit.material import KINDS, Case, SwapSentence, SwapSet, load_cases, load_sentences, load_sets
from framing.audit.names import FRAMES, written
from framing.audit.slots import SwapName, fill
from framing.audit.statistics import classes, macro_f1, pair_differences, share
from framing.config import default_actors, default_seeds
from framing.errors import UsageError
from framing.features.seed_check import find
from framing.heads import SentenceHead
from framing.neural.encoder import TokenStates
from framing.report.audits import audit_format, markdown, render, write_audit
from framing.scorer import Scorer
from framing.scores import ActorEvidence, ActorScore, ArticleScore, BundleName, Judgement
from framing.seeds import load_folder
from framing.seeds.actors import Catalogue, KnownActor
from framing.training import neutral

POLICE = SwapName("the police", plural=True)
ADA = SwapName("Ada Ruiz", gender="f")
POLES = SwapName("Poles", adjective="Polish", plural=True)
NORWAY = SwapName("Norway")

GOOD, BAD = ("saved", "honest"), ("lied", "burned")


class FakeScorer:
    """Judges by the last good or bad word before or after the mention, and by the name where `bias` has it."""

    def __init__(self, bias: Mapping[str, float] | None = None, constant: float | None = None):
        self.bias = bias or {}
        self.constant = constant
        head = SentenceHead("loaded", np.array([1.0], dtype=np.float32), 0.0, 1.0, 0.0, {}, {})
        self.bundle = SimpleNamespace(name=BundleName("fake", "1.0", "0" * 64), heads={"loaded": head})
        self.encoder = self
        self.catalogue = CATALOGUE
        self.n_calls = 0

    def encode(self, texts: Sequence[str]) -> list[TokenStates]:
        moved = [sum(self.bias.get(name, 0.0) for name in self.bias if name in text) for text in texts]
        return [TokenStates(np.full((1, 1), one, dtype=np.float32), np.array([[0, 1]])) for one in moved]

    def judge(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[list[Judgement]]:
        self.n_calls += 1
        return [[self._judge(text, span) for span in own] for text, own in zip(texts, spans, strict=True)]

    def score(self, article: Article) -> ArticleScore:
        """The people of an article: capitalised pairs of words."""
        lines = [
            ActorEvidence(span, 0, self._judge(article.text, span).stance, article.voice_at(span), weight=1.0)
            for span in (Span(*match.span()) for match in re.finditer(r"[A-Z]\w+ [A-Z]\w+", article.text))
        ]
        actors = (ActorScore("a", "A", "person", False, 0.0, evidence=tuple(lines)),) if lines else ()
        return ArticleScore(self.bundle.name, article, {}, actors=actors)

    def _judge(self, text: str, span: Span) -> Judgement:
        stance = self.bias.get(span.of(text), 0.0) + self._said(text[span.stop :])
        stance = max(-1.0, min(1.0, stance if self.constant is None else self.constant))
        return Judgement(max(0.0, -stance), 1.0 - abs(stance), max(0.0, stance), 0.0, 0.0, 0.0, 0.0)

    @staticmethod
    def _said(rest: str) -> float:
        words = re.findall(r"\w+", rest.partition(";")[0])
        return 0.9 * (any(word in GOOD for word in words) - any(word in BAD for word in words))


PEOPLE = SwapSet(
    "person",
    "people",
    (
        SwapName("Ada Ruiz", gender="f", groups=("women",)),
        SwapName("Mei Tan", gender="f", groups=("women",)),
        SwapName("Tom Abara", gender="m", groups=("men",)),
        SwapName("Jan Kral", gender="m", groups=("men",)),
    ),
)
SENTENCES = tuple(
    SwapSentence(f"s{number}", "person", form, stances)
    for number, (form, stances) in enumerate(
        [
            ("{A} saved the school, and everybody knows {A.he} did.", {"A": 1}),
            ("Nobody was surprised that {A} lied.", {"A": -1}),
            ("{A} lives in Ashby.", {"A": 0}),
            ("The letter to {A} runs to two pages.", {"A": 0}),
            ("{A} saved the files; {B} burned the copies.", {"A": 1, "B": -1}),
            ("{A} met {B} on Monday.", {"A": 0, "B": 0}),
        ]
    )
)


def case(kind: str, text: str, target: str, stance: int, of: str | None = None) -> Case:
    start = text.index(target)
    return Case(f"{kind}-{start}-{len(text)}", text, Span(start, start + len(target)), stance, kind, of)


CASES = (
    case("plain", "In the spring Eva Lind saved the school on her own.", "Eva Lind", 1),
    case("plain", "Everybody knows that Vic Tarrant lied about it.", "Vic Tarrant", -1),
    case("quotation", '"We all know that Eva Lind lied about it," a neighbour said.', "Eva Lind", 0, "a neighbour"),
    case("victim", "The landlord lied.", "The landlord", -1),
)
MATERIAL = Material((PEOPLE,), SENTENCES, CASES)
ACTORS = [
    KnownActor("norway", "Norway", "state"),
    KnownActor("norway.people", "Norwegians", "people"),
    KnownActor("hamas", "Hamas", "armed_group"),
    KnownActor("eu", "European Union", "body"),
]
CATALOGUE = Catalogue({actor.id: actor for actor in ACTORS}, {})


def audited(scorer: FakeScorer, material: Material = MATERIAL, catalogue: Catalogue = CATALOGUE) -> AuditReport:
    return run(scorer, catalogue, material)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def material() -> Material:
    return load()


@pytest.mark.parametrize(
    ("form", "name", "text"),
    [
        ("{A} spoke.", POLICE, "The police spoke."),
        ("On Monday {A} spoke.", POLICE, "On Monday the police spoke."),
        ("{A's} car and {A.his} radio", POLICE, "The police's car and their radio"),
        ("{A's} homes", POLES, "Poles' homes"),
        ("{A's} homes", SwapName("Hamas"), "Hamas's homes"),
        ("Some {A.bare} left. {A.he} {A:was|were} late.", POLICE, "Some police left. They were late."),
        ("the {A.adj miners} and {A.himself}", POLES, "the Polish miners and themselves"),
        ("{A.last's} car was {A.his} own.", ADA, "Ruiz's car was her own."),
        ("{A} {A:has|have} {A.his} seat.", NORWAY, "Norway has its seat."),
        ("“Well.” {A} left.", POLICE, "“Well.” The police left."),
    ],
)
def test_a_slot_takes_the_form_that_the_name_needs(form: str, name: SwapName, text: str) -> None:
    filled = fill(form, {"A": name})

    assert filled.text == text
    named = {name.bare, f"{name.adjective} miners", name.bare.split()[-1]}
    assert filled.spans["A"]
    assert all(span.of(text) in named for span in filled.spans["A"])


def test_every_mention_of_both_slots_is_found() -> None:
    filled = fill("{B} saw {A}, and {A.last} waved at {B.last}.", {"A": ADA, "B": SwapName("Tom Abara")})

    assert [span.of(filled.text) for span in filled.spans["A"]] == ["Ada Ruiz", "Ruiz"]
    assert [span.of(filled.text) for span in filled.spans["B"]] == ["Tom Abara", "Abara"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("{a = 0, text = 'Nobody.'}", "slots are none"),
        ("{a = 0, text = '{A} and {C}.'}", "slots are A, C"),
        ("{a = 2, text = '{A} left.'}", "a stance of -1, 0 or 1"),
        ("{a = true, text = '{A} left.'}", "a stance of -1, 0 or 1"),
        ("{a = 0, text = '{A} saw {B}.'}", "b = 0 where {B} is"),
        ("{a = 0, b = 0, text = '{A} left.'}", "a stance of -1, 0 or 1"),
        ("{a = 0, text = '{A} left {}.'}", "a brace that is no slot"),
        ("{a = 0, text = '{A.adj ships} left.'}", "no form 'adj' of 'Ada Ruiz'"),
        ("{a = 0, text = '{A.first} left.'}", "no form 'first'"),
        ("{a = 0, text = '{A.He} {A.his} left.'}", "no form 'He'"),
        ("{a = 0, text = '{A.he} left.'}", "a slot without a name in it"),
        ("{a = 0, text = '{A} left.', class = 'ship'}", "class is 'ship'; use one of person"),
        ("{a = 0, stance = 0, text = '{A} left.'}", "unknown key 'stance'"),
        ("{a = 0}", "text is missing"),
        ("{a = 0, text = ", "not TOML"),
    ],
)
def test_a_file_of_sentences_that_is_wrong_is_told_where(rows: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f'class = "person"\nsentences = [{rows}]\n', "utf-8")

    with pytest.raises(UsageError, match=r"^own\.toml: ") as caught:
        list(load_sentences(path, [PEOPLE]))

    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ("{name = 'Ada', sex = 'f'}", "unknown key 'sex'"),
        ("{name = 'Ada', gender = 'w'}, {name = 'Tom'}", "gender is 'w'"),
        ("{name = 'Ada'}, {name = 'Ada'}", "two names or more, each once"),
    ],
)
def test_a_file_of_names_that_is_wrong_is_told_where(names: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "swaps.toml"
    path.write_text(f'[person]\nlabel = "people"\nnames = [{names}]\n', "utf-8")

    with pytest.raises(UsageError, match=re.escape(message)):
        load_sets(path)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"start": None}, "not a case"),
        ({"start": 3}, "not a case"),
        ({"target": "She"}, "start and stop do not cover 'She'"),
        ({"stance": 3}, "stance 3"),
        ({"kind": "new"}, "kind 'new'"),
    ],
)
def test_a_case_that_is_wrong_is_told_where(changed: dict[str, object], message: str, tmp_path: Path) -> None:
    row = {"id": "1", "text": "He left.", "start": 0, "stop": 2, "target": "He", "stance": 0, "kind": "plain"}
    path = tmp_path / "stance.jsonl"
    path.write_text(f"{json.dumps(row)}\n\n{json.dumps(row | changed)}\n", "utf-8")

    with pytest.raises(UsageError, match=r"^stance\.jsonl: line 3: ") as caught:
        load_cases(path)

    assert message in str(caught.value)


def test_a_file_that_cannot_be_read_is_an_error_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'class = "caf\xe9"')

    with pytest.raises(UsageError, match="not UTF-8"):
        list(load_sentences(tmp_path / "latin.toml", [PEOPLE]))
    with pytest.raises(UsageError, match="check the path"):
        load([tmp_path / "none.toml"])


def test_the_audit_has_enough_sentences_of_every_class_and_answer(material: Material) -> None:
    single = Counter((one.set, one.stances["A"]) for one in material.sentences if len(one.stances) == 1)
    double = Counter(one.set for one in material.sentences if len(one.stances) == 2)
    sets = {one.name for one in material.sets}

    assert sum(single.values()) >= 300
    assert all(single[name, stance] >= 8 for name in sets for stance in (-1, 0, 1))
    assert all(double[name] >= 5 for name in sets)
    assert len({one.form for one in material.sentences}) == len(material.sentences)


def test_the_audit_has_enough_names_of_every_class(material: Material) -> None:
    names = {one.name: one.names for one in material.sets}
    people = Counter(name.gender for name in names["person"])

    assert min(people.values()) >= 20
    assert all(len(names[kind]) >= 12 for kind in ("state", "nationality", "party", "leader", "group"))
    assert len(names["religion"]) >= 7


def test_people_of_the_audit_are_in_no_actor_file(material: Material) -> None:
    known = {name for actor in Catalogue.load(default_actors()).actors.values() for name in actor.names}
    (people,) = (one.names for one in material.sets if one.name == "person")

    assert not {one.name for one in people} & known


def test_no_name_of_the_audit_is_a_term_of_a_lexicon(material: Material) -> None:
    names = {one.name for swap_set in material.sets for one in swap_set.names}

    assert [one for one in find(". ".join(sorted(names)), load_folder(default_seeds())) if one.how == "match"] == []


def test_there_are_enough_cases_of_every_kind_and_answer(material: Material) -> None:
    kinds, answers = Counter(one.kind for one in material.cases), Counter(one.stance for one in material.cases)

    assert all(kinds[kind] >= 8 for kind in KINDS)
    assert min(answers.values()) >= len(material.cases) / 4
    assert len({one.text for one in material.cases}) >= 150
    assert len({one.id for one in material.cases}) == len(material.cases)
    assert len({(one.text, one.span) for one in material.cases}) == len(material.cases)
    assert all(one.of.lower() in one.text.lower() for one in material.cases if one.of)


def test_no_bare_sentence_of_the_audit_was_trained_on() -> None:
    trained = {re.sub(r"\W+", " ", form).strip() for form in neutral.FRAMES}

    assert len(FRAMES) >= 6
    assert not {re.sub(r"\{[AB]\}|\W+", " ", form).strip() for form in FRAMES} & trained


@pytest.mark.parametrize(
    ("actor", "name", "plural"),
    [
        (KnownActor("us", "United States", "state"), "the United States", False),
        (KnownActor("norway", "Norway", "state"), "Norway", False),
        (KnownActor("norway.army", "Norwegian army", "army"), "the Norwegian army", False),
        (KnownActor("norway.people", "Norwegians", "people"), "Norwegians", True),
        (KnownActor("coe", "Council of Europe", "body"), "the Council of Europe", False),
        (KnownActor("idf", "Israel Defense Forces", "army"), "the Israel Defense Forces", True),
        (KnownActor("ada", "Ada Church", "person"), "Ada Church", False),
        (KnownActor("nato", "NATO", "body"), "NATO", False),
    ],
)
def test_an_actor_is_written_as_running_text_has_it(actor: KnownActor, name: str, plural: bool) -> None:
    assert (written(actor).name, written(actor).plural) == (name, plural)


def test_a_fair_scorer_moves_nothing() -> None:
    found = audited(FakeScorer()).swaps

    assert found.difference.value == 0
    assert found.meets_goal
    assert found.as_labelled.value == 1
    assert found.exchange is not None
    assert found.exchange.difference.value == 0
    assert found.exchange.follows is not None
    assert found.exchange.follows.value == 1
    assert dict(found.axes)["loaded"].value == 0


def test_a_scorer_that_dislikes_a_name_is_found_out() -> None:
    (found,) = audited(FakeScorer({"Tom Abara": -0.5})).swaps.classes

    assert found.difference.n == 4
    assert 0.05 < found.difference.value < 0.5
    assert {found.pairs[0].first, found.pairs[0].second} >= {"Tom Abara"}
    assert found.pairs[0].difference == pytest.approx(0.4, abs=0.03)  # a stance of -0.9 can fall by 0.1 only
    assert found.leans[0].name == "Tom Abara"
    assert found.leans[0].lean.high < 0
    assert [one.name for one in found.groups] == ["men", "women"]
    assert found.groups[1].lean.value > 0
    assert found.widest[0].lowest == "Tom Abara"
    assert found.widest[0].high - found.widest[0].low == pytest.approx(0.5)
    assert found.axes[0].difference.value > 0


def test_a_constant_meets_the_goal_and_is_seen_through_by_its_answers() -> None:
    found = audited(FakeScorer(constant=0.0)).swaps

    assert found.meets_goal
    assert found.as_labelled.value == 0.5
    assert found.exchange is not None
    assert found.exchange.follows is not None
    assert found.exchange.follows.value == 0


def test_a_bare_name_with_a_stance_is_found_out() -> None:
    found = audited(FakeScorer({"Hamas": -0.6})).bare_names

    assert found is not None
    assert (found.worst[0].id, found.worst[0].size) == ("hamas", pytest.approx(0.6))
    assert found.worst[0].stance == pytest.approx(-0.6)
    assert found.strong.value == 0.25
    assert found.size.value == pytest.approx(0.15)
    assert dict(found.kinds)["armed_group"].n == 1


def test_without_actors_there_is_nothing_to_say_of_bare_names() -> None:
    assert audited(FakeScorer(), catalogue=Catalogue({}, {})).bare_names is None


def test_the_pipeline_sets_aside_what_others_say_and_passes_over_whom_it_does_not_find() -> None:
    found = audited(FakeScorer()).cases
    by_id = {row.id: row for row in found.rows}
    quoted, missed = by_id[CASES[2].id], by_id[CASES[3].id]

    assert quoted.head == pytest.approx(-0.9)
    assert (quoted.pipeline, quoted.speaker) == (0, "")
    assert (missed.head, missed.pipeline) == (pytest.approx(-0.9), None)
    assert found.overall.head.accuracy.value == 0.75
    assert found.overall.pipeline is not None
    assert (found.overall.pipeline.accuracy.n, found.overall.pipeline.accuracy.value) == (3, 1)
    assert [one.kind for one in found.kinds] == ["plain", "quotation", "victim"]


@pytest.mark.slow
def test_the_shipped_bundle_judges_what_is_said_and_not_of_whom(scorer: Scorer, material: Material) -> None:
    found = swaps.audit(scorer, material.sets, material.sentences[::4])

    # The goal of 0.05 is not met yet (the card has the figures); this keeps it from getting worse.
    ceiling = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))["audit"]["difference"]
    assert found.difference.value <= ceiling
    assert found.as_labelled.value > 0.5  # the best constant has 0.4
    assert found.exchange is not None
    assert found.exchange.follows is not None
    assert found.exchange.follows.value > 0.5


def test_many_texts_are_read_with_few_calls(material: Material) -> None:
    scorer = FakeScorer()
    audited(scorer, material)

    n_texts = sum(len(one.names) for one in material.sets for own in material.sentences if own.set == one.name)
    assert n_texts > 8000
    assert scorer.n_calls < 40


def test_answers_are_thirds_of_the_range() -> None:
    assert classes(np.array([-1, -0.34, -0.33, 0, 0.33, 0.34, 1])).tolist() == [-1, -1, 0, 0, 0, 1, 1]


def test_the_interval_of_a_share_is_that_of_scipy() -> None:
    for right in (0, 9, 10):
        found, expected = share(right, 10), binomtest(right, 10).proportion_ci(0.9, "wilson")
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_macro_f1_is_that_of_scikit_learn() -> None:
    truth, called = np.array([-1, -1, 0, 0, 1, 1, 0]), np.array([-1, 0, 0, 1, 1, 1, 0])

    assert macro_f1(truth, called).value == pytest.approx(f1_score(truth, called, average="macro"))


def test_pairs_are_compared_once_each() -> None:
    stances = np.array([[0.0, 0.1, 0.4], [0.2, 0.2, 0.2]])

    assert pair_differences(stances) == pytest.approx([(0.1 + 0.4 + 0.3) / 3, 0])


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_the_report_fits_a_terminal(width: int, encoding: str) -> None:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding=encoding, write_through=True) as file:
        Console(file=file, width=width).print(render(audited(FakeScorer({"Tom Abara": -0.5}))))
        shown = raw.getvalue().decode(encoding)

    assert max(len(line.rstrip()) for line in shown.splitlines()) <= width
    for piece in ("SWAPPED NAMES", "BARE NAMES", "OWN CASES", "Tom Abara", "not met"):
        assert piece in " ".join(shown.split())


def test_markdown_has_a_table_for_each_part() -> None:
    text = markdown(audited(FakeScorer({"Tom Abara": -0.5, "Hamas": 0.9})))

    assert text.startswith("# Audit of bundle fake 1.0\n")
    assert text.count("\n## ") == 6
    assert "\n| Hamas | armed group | 0.900 | +0.900 |" in text
    assert not re.search(r"\n{3}", text)


def test_json_has_every_figure(tmp_path: Path) -> None:
    file = io.StringIO()
    write_audit(audited(FakeScorer()), "json", file)
    data = json.loads(file.getvalue())

    assert data["bundle"]["name"] == "fake"
    assert data["swaps"]["meets_goal"] is True
    assert data["swaps"]["classes"][0]["difference"]["n"] == 4
    assert data["bare_names"]["frames"][0].keys() == {"form", "stance"}
    assert len(data["cases"]["rows"]) == len(CASES)


def test_formats_of_other_commands_are_refused() -> None:
    assert audit_format(None, Path("audit.md")) == "md"
    with pytest.raises(UsageError, match="--format csv: an audit has no such format"):
        audit_format(None, Path("audit.csv"))


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def framing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program in this process, with the fake in the place of the scorer and its bundle."""

    def fake(*_: Any, **__: Any) -> FakeScorer:
        return FakeScorer({"Hamas": -0.4})

    def command(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("framing.scorer.Scorer", fake)
        monkeypatch.setattr("framing.bundle.load_bundle", fake)
        monkeypatch.setattr(sys, "argv", ["framing", *map(str, arguments)])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


def test_the_command_takes_sentences_of_ones_own_and_calls_no_finding_an_error(
    framing: Run, material: Material, tmp_path: Path
) -> None:
    own = tmp_path / "own.toml"
    own.write_text('class = "group"\nsentences = [{a = 1, text = "Yesterday {A} saved a cat."}]\n', "utf-8")
    code, out, _ = framing("audit", "--sentences", own, "--json")

    (groups,) = (one for one in json.loads(out)["swaps"]["classes"] if one["name"] == "group")
    assert code == 0
    assert groups["difference"]["n"] == 1 + sum(
        one.set == "group" and len(one.stances) == 1 for one in material.sentences
    )


def test_the_command_says_what_is_wrong_before_it_reads_anything(framing: Run, tmp_path: Path) -> None:
    code, out, err = framing("audit", "--out", tmp_path / "audit.html")

    assert (code, out) == (2, "")
    assert err.startswith("framing: --format html: an audit has no such format")
