"""Scores built by hand from a literal text, for tests of what shows them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from framing.article import Article, Document, Kind, Removed, Sentence, Span, Stretch, Voice
from framing.axes import BIPOLAR, SHARE, Anchor, Axis
from framing.scores import ArticleScore, AxisScore, BundleName, Contribution, Marker, Word

REFERENCE = "8,000 US news articles"

LOADED = Axis(
    name="loaded",
    low="plain",
    high="loaded",
    range=SHARE,
    unit="expected share of the journalist's sentences that a careful reader would mark as loaded",
    definition="How often the journalist's own words judge while they tell, where plainer words say the same.",
    source="BABE (Spinde et al. 2021), labels of biased wording by trained readers",
    anchors=(
        Anchor(0.05, "plain, as a news agency writes", "Police said two people were hurt."),
        Anchor(0.6, "most sentences judge", "The reckless regime butchered its own people."),
    ),
)
OPINION = Axis(
    name="opinion",
    low="reporting",
    high="opinion",
    range=SHARE,
    unit="expected share of the journalist's sentences that a careful reader would call subjective",
    definition="How often the journalist gives an opinion rather than reports.",
    source="Subjectivity in news (Antici et al. 2023)",
)
LEANING = Axis(
    name="leaning",
    low="left",
    high="right",
    range=BIPOLAR,
    unit="position from left (-1) to right (1) in US politics",
    definition="Which side of US politics the wording resembles.",
    source="invented for tests",
)
AXES: Mapping[str, Axis] = {"loaded": LOADED, "opinion": OPINION}

# `{…}` is removed, `“…”` of more than two words is somebody else's voice, a shorter one a scare quote.
STORY = """Council guts river park in midnight ambush
{Share · 1,204 views}
{Men in yellow vests fell poplars beside the Orla. Photo: J. Brandt/Harbour Post}
The town council of Alderwick slaughtered a century of green on Tuesday night, voting nine to six to fell 212 poplars \
along the Orla. Officials sold the raid as a “safety measure” and rammed it through after eleven at night. \
Nobody on the benches had read the expert report.
“We had no choice, the roots are lifting the dyke,” said Mayor Ruth Tennick, who had promised the town a vote. \
The report, obtained by this newspaper, \
names 31 trees. It was not a massacre, her office insisted.
{close}
Everyone in Alderwick knows who wins: the regime at the town hall and the harbour company. According to Tom Abara, \
the contract was never put out to tender.
What residents say
- Lena Ortiz, 71, walked here every morning.
- “They stole the shade from our children and they will pay for this butchery,” she said.
Work began at dawn on Wednesday. The contractor, Orla Timber, will be paid €184,000. A hearing is set for 3 June.
{Read more: Ten gardens to see this spring}
{Let me know if you would like a shorter version of this article!}
"""

TERMS = {
    "guts": ("loaded", "cuts"),
    "ambush": ("war_metaphor", "surprise"),
    "slaughtered": ("loaded", "cut down"),
    "raid": ("war_metaphor", "action"),
    "rammed": ("loaded", "passed"),
    "Nobody": ("generalisation", None),
    "massacre": ("loaded", "killing"),
    "insisted": ("reporting_doubting", "said"),
    "Everyone in Alderwick knows": ("generalisation", None),
    "regime": ("loaded", "government"),
    "stole": ("loaded", "took"),
    "butchery": ("loaded", "killing"),
    "safety measure": ("scare_quote", None),
}
REASONS = {
    "Share": "menu",
    "Men": "caption",
    "close": "button",
    "Read": "related_link",
    "Let": "language_model_residue",
}
INDIRECT = re.compile(r"According to Tom Abara, (the contract .*tender)")


def article(text: str = STORY, **document: object) -> Article:
    """An article from a text written as `STORY` is."""
    plain = re.sub(r"[{}]", "\N{ZERO WIDTH SPACE}", text)
    about = {"id": "harbour-post-1", "outlet": "Harbour Post", "date": "2026-03-11", "url": None} | document
    removed = tuple(
        Removed(Span(m.start(), m.end()), REASONS.get(re.split(r"\W", m[0][1:])[0], "other"))
        for m in re.finditer(r"\{[^}]*\}", text)
    )
    title, *body = (s for s in _sentences(plain) if not any(r.span.overlaps(s.span) for r in removed))
    scare = tuple(Span(m.start(1), m.end(1)) for m in re.finditer(r"“([^”]*)”", plain) if len(m[1].split()) < 3)
    return Article(Document(text=plain, **about), title, tuple(body), removed, scare)  # type: ignore[arg-type]


def placed_score() -> ArticleScore:
    """A score whose `loaded` has its place in parts of the reference corpus."""
    score = fake_score()
    places = {"outlets": {"left": 74.4, "center": 91.0}, "years": {"2018 to 2020": 60.0}}
    return replace(score, axes={**score.axes, "loaded": replace(score.axes["loaded"], percentiles=places)})


def fake_score(text: str = STORY, **document: object) -> ArticleScore:
    """A score of every axis in `AXES`, its ledgers summing to `raw`."""
    one = article(text, **document)
    found = tuple(_markers(one))
    axes = {"loaded": _axis(one, found, "loaded", 0.22, 83.0), "opinion": _axis(one, (), "opinion", 0.08, 41.0)}
    notes = ("the outlet was taken from the folder's name",)
    return ArticleScore(BundleName("default", "1.0.0", "0" * 64), one, axes, found, notes)


def few_score() -> ArticleScore:
    """A score of a text of five sentences."""
    body = " ".join(["The bridge over the Orla is closed to cars until Friday."] * 5)
    return fake_score(f"Bridge closed\n{body}\n", id="few", outlet="Orla Echo")


def null_score() -> ArticleScore:
    """A score of a text that is too short: every value is null and says why."""
    why = "12 words of prose; at least 40 are needed"
    one = article("Too short\nThe bridge at Alderwick is closed until Friday, the town council said.\n", id="short")
    axes = {name: AxisScore(name, None, why_null=why) for name in AXES}
    return ArticleScore(BundleName("default", "1.0.0", "0" * 64), one, axes)


def bipolar_score() -> ArticleScore:
    """A score on a bipolar axis, with an intercept and contributions of both signs."""
    one = article()
    values = (0.11, -0.32, 0.02, -0.06)
    ledger = tuple(Contribution("sentence", one.sentences[i].span, v, i) for i, v in enumerate(values))
    raw = -0.05 + sum(values)
    score = AxisScore("leaning", -0.24, -0.51, 0.06, 22.0, 0.1, -0.4, 2, -0.05, raw, ledger, n=4)
    return ArticleScore(BundleName("default", "1.0.0", "0" * 64), one, {"leaning": score})


def _sentences(text: str) -> Iterator[Sentence]:
    for line in re.finditer(r"[^\n]+", text):
        kind = (
            Kind.ITEM
            if line[0].startswith("- ")
            else Kind.PROSE
            if line[0].rstrip().endswith((".", "”"))
            else Kind.HEADING
        )
        for match in re.finditer(r"[^\s].*?(?:[.!?](?=\s|$)|$)", line[0]):
            start = line.start() + match.start()
            span = Span(start, start + len(match[0]))
            yield Sentence(span, tuple(_stretches(text, span)), kind)


def _stretches(text: str, span: Span) -> Iterator[Stretch]:
    quoted = [m.span(1) for m in re.finditer(r"“([^”]*)”", span.of(text)) if len(m[1].split()) > 2]
    indirect = [m.span(1) for m in INDIRECT.finditer(span.of(text))]
    cursor = span.start
    for begin, end in sorted(quoted + indirect):
        if span.start + begin > cursor:
            yield Stretch(Span(cursor, span.start + begin), Voice.JOURNALIST)
        speaker = "Tom Abara" if indirect else "Ruth Tennick" if "Tennick" in span.of(text) else "Lena Ortiz"
        yield Stretch(Span(span.start + begin, span.start + end), Voice.QUOTED, speaker, bool(indirect))
        cursor = span.start + end
    if cursor < span.stop:
        yield Stretch(Span(cursor, span.stop), Voice.JOURNALIST)


def _markers(one: Article) -> Iterator[Marker]:
    for term, (lexicon, plain) in TERMS.items():
        for match in re.finditer(rf"\b{term}\b", one.text):
            span = Span(*match.span())
            if any(sentence.span.contains(span) for sentence in one.all_sentences()):
                negated = one.text[: span.start].endswith("not a ")
                yield Marker(lexicon, term.lower(), span, one.voice_at(span), negated, plain=plain)


def _axis(one: Article, markers: tuple[Marker, ...], name: str, base: float, percentile: float) -> AxisScore:
    scored = [i for i, sentence in enumerate(one.sentences) if _is_scored(one, sentence)]
    ledger = [line for i in scored for line in _lines(one, markers, i, base, len(scored))]
    raw = sum(line.contribution for line in ledger)
    low, high = max(0.0, raw - 0.13), min(1.0, raw + 0.16)
    return AxisScore(name, raw, low, high, percentile, 0.91 - base, 0.44, 3, 0.0, raw, tuple(ledger), n=len(scored))


def _is_scored(one: Article, sentence: Sentence) -> bool:
    own = sentence.spans(Voice.JOURNALIST)
    enough = 8 if sentence.spans(Voice.QUOTED) else 4
    return sentence.kind is not Kind.HEADING and sum(len(s.of(one.text).split()) for s in own) >= enough


def _longest_words(one: Article, sentence: Sentence) -> tuple[Word, ...]:
    found = [
        Span(own.start + m.start(), own.start + m.end())
        for own in sentence.spans(Voice.JOURNALIST)
        for m in re.finditer(r"\b\w{6,}", own.of(one.text))
    ]
    longest = sorted(found, key=lambda span: (span.start - span.stop, span))[:2]
    return tuple(Word(span, 0.2 / rank) for rank, span in enumerate(longest, start=1))


def _lines(one: Article, markers: tuple[Marker, ...], index: int, base: float, n: int) -> Iterator[Contribution]:
    sentence = one.sentences[index]
    counted = [m for m in markers if sentence.span.contains(m.span) and m.voice is Voice.JOURNALIST and not m.negated]
    words = _longest_words(one, sentence) if base > 0.1 else ()
    own = base * (0.3 + (index * 7 % 5) / 3)
    yield Contribution("sentence", sentence.span, own / n, index, own + 0.21 * len(counted), words=words)
    for marker in counted:
        yield Contribution("marker", marker.span, 0.21 / n, index, lexicon=marker.lexicon)
