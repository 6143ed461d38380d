"""Words by which somebody is reported to judge somebody else; nothing here decides anything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from framing.seeds.inflect import verb_forms


def words(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


class Form(Enum):
    """The form of a verb."""

    BASE = auto()
    THIRD = auto()
    PAST = auto()
    PARTICIPLE = auto()
    GERUND = auto()


@dataclass(frozen=True, slots=True)
class Judging:
    """A verb by which one party judges another.

    Attributes
    ----------
    openers : words after the object that begin what is said of it ("accused Y *of* …").
    needed : whether without an opener the verb is another ("called Y" on the telephone, "attacked Y" with guns).
    near : whether nothing but the object may stand before the opener.
    barred : words after the object with which the verb is another ("condemned Y *to* death").
    particles : what follows the verb before its object ("lashed out *at* Y").
    """

    openers: frozenset[str]
    needed: bool = False
    near: bool = False
    barred: frozenset[str] = frozenset()
    particles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb in one of its forms."""

    judging: Judging
    form: Form


_REASONS = words("for over as because")
ADJECTIVES = words(
    "racist racists liars terrorists traitors weak corrupt crazy dishonest unfit crooked illegitimate evil stupid "
    "irresponsible dangerous insane incompetent sexist antisemitic hypocritical hypocrites cowards criminals thugs "
    "enemies heroes"
)
_PREDICATES = words("a an the as out") | ADJECTIVES

_ACCUSE = Judging(words("of"))
_JUDGE = Judging(_REASONS)
_JUDGE_FOR = Judging(_REASONS, needed=True)
_NAME = Judging(_PREDICATES, needed=True, near=True)
_TAKE_FOR = Judging(words("as"), needed=True)

_REGULAR: tuple[tuple[Judging, str], ...] = (
    (_ACCUSE, "accuse"),
    (Judging(words("for on")), "blame"),
    (
        _JUDGE,
        "denounce criticise criticize slam lambast lambaste blast rebuke assail berate castigate censure "
        "chastise chide decry deplore deride excoriate lampoon malign mock pillory reprimand reproach ridicule scold "
        "skewer upbraid vilify demonise demonize disparage belittle smear insult bash "
        "praise laud applaud commend congratulate compliment salute extol thank endorse admire despise loathe "
        "detest distrust mistrust",
    ),
    (Judging(_REASONS, barred=words("to")), "condemn"),
    (Judging(_REASONS, barred=words("cab cabs taxi taxis")), "hail"),
    (_JUDGE_FOR, "attack fault rip hammer knock trash savage roast rap"),
    (Judging(words("of"), needed=True), "suspect"),
    (Judging(words("with for"), needed=True), "credit"),
    (_NAME, "call brand label dub consider deem term pronounce"),
    (
        _TAKE_FOR,
        "describe characterise characterize portray depict paint frame regard view recognise recognize dismiss",
    ),
    (Judging(words("to with"), needed=True), "liken compare equate"),
)
_IRREGULAR: tuple[tuple[Judging, str], ...] = (
    # base, -s, past, participle, -ing
    (_TAKE_FOR, "see sees saw seen seeing"),
    (
        Judging(words("as"), needed=True, barred=words("shadow shadows ballot ballots vote votes doubt light")),
        "cast casts cast cast casting",
    ),
    (Judging(words("responsible accountable liable"), needed=True), "hold holds held held holding"),
    (_NAME, "label labels labelled labelled labelling"),
    # Not "to defend Y" and "defending Y", which is what armies do.
    (Judging(_REASONS, barred=words("from against")), "- defends defended defended -"),
)
# The first word of `particles` may stand apart from the second: "lashed out on Twitter at".
_PARTICLES: tuple[tuple[Judging, str, tuple[str, ...]], ...] = (
    (_JUDGE, "lash lashes lashed lashed lashing", ("out", "at")),
    (_JUDGE, "lash lashes lashed lashed lashing", ("out", "against")),
    (_JUDGE, "call calls called called calling", ("out",)),
    (_JUDGE, "hit hits hit hit hitting", ("out", "at")),
    (_JUDGE, "hit hits hit hit hitting", ("back", "at")),
    (_JUDGE, "fire fires fired fired firing", ("back", "at")),
    (_JUDGE, "rail rails railed railed railing", ("against",)),
    (_JUDGE, "rail rails railed railed railing", ("at",)),
    (_JUDGE, "rage rages raged raged raging", ("at",)),
    (_JUDGE, "rage rages raged raged raging", ("against",)),
    (_JUDGE, "inveigh inveighs inveighed inveighed inveighing", ("against",)),
    (_JUDGE, "speak speaks spoke spoken speaking", ("out", "against")),
    (_JUDGE, "tear tears tore torn tearing", ("into",)),
    (_JUDGE, "rip rips ripped ripped ripping", ("into",)),
    (_JUDGE, "laugh laughs laughed laughed laughing", ("at",)),
    (_JUDGE, "complain complains complained complained complaining", ("about",)),
    (_JUDGE, "complain complains complained complained complaining", ("of",)),
    (_JUDGE, "warn warns warned warned warning", ("against",)),
    (_JUDGE, "warn warns warned warned warning", ("of",)),
    (_JUDGE, "warn warns warned warned warning", ("about",)),
    (_JUDGE, "take takes took taken taking", ("issue", "with")),
    (_JUDGE, "find finds found found finding", ("fault", "with")),
    (_JUDGE, "make makes made made making", ("fun", "of")),
    (_JUDGE, "poke pokes poked poked poking", ("fun", "at")),
    (_TAKE_FOR, "refer refers referred referred referring", ("to",)),
    (_TAKE_FOR, "think thinks thought thought thinking", ("of",)),
)


def _inflected(judging: Judging, forms: tuple[str, ...]) -> Iterator[tuple[str, Verb]]:
    # Where past and participle are the same, the words around it tell them apart.
    yield from ((word, Verb(judging, form)) for word, form in zip(forms, Form, strict=True) if word != "-")


def _regular(verb: str) -> tuple[str, ...]:
    third, past, gerund = verb_forms(verb)
    return (verb, third, past, past, gerund)


def _by_form() -> Mapping[str, tuple[Verb, ...]]:
    found: dict[str, dict[tuple[str, ...], Verb]] = {}
    rows = [(judging, _regular(verb)) for judging, verbs in _REGULAR for verb in verbs.split()]
    rows += [(judging, tuple(forms.split())) for judging, forms in _IRREGULAR]
    for judging, forms in rows:
        for word, verb in _inflected(judging, forms):
            found.setdefault(word, {}).setdefault((), verb)
    for judging, written, particles in _PARTICLES:
        with_particles = replace(judging, particles=particles)
        for word, verb in _inflected(with_particles, tuple(written.split())):
            found.setdefault(word, {}).setdefault(particles, verb)
    return {word: tuple(sorted(verbs.values(), key=_longest)) for word, verbs in found.items()}


def _longest(verb: Verb) -> int:
    return -len(verb.judging.particles)


# Form → the verbs it may be of, those with particles first.
VERBS = _by_form()

# A judgement as a noun → the words that lead from it to whom it is of; what follows "that" is all part of it.
_AGAINST = words("of against that about over toward towards at")
NOUNS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(words("accusation accusations allegation allegations"), _AGAINST),
    **dict.fromkeys(words("criticism criticisms critique condemnation denunciation"), _AGAINST - {"about"}),
    **dict.fromkeys(words("complaint complaints"), words("that against about")),
    **dict.fromkeys(words("suspicion suspicions"), words("that of about")),
    **dict.fromkeys(words("claim claims"), words("that against about")),
    **dict.fromkeys(words("charge charges"), words("that")),
    **dict.fromkeys(words("praise"), words("for of")),
    **dict.fromkeys(
        words("admiration contempt disdain scorn hatred distrust mistrust"), words("for of toward towards")
    ),
    **dict.fromkeys(words("anger fury outrage rage"), words("at toward towards over")),
    **dict.fromkeys(words("rebuke rebukes censure reprimand insult insults"), words("of to at")),
    **dict.fromkeys(words("portrayal depiction characterisation characterization"), words("of")),
    **dict.fromkeys(words("swipe swipes jab jabs broadside broadsides tirade tirades diatribe"), words("at against")),
    **dict.fromkeys(words("backlash outcry"), words("against over")),
    **dict.fromkeys(words("endorsement"), words("of")),
}
# These mean a judgement only as the object of a verb like "poured", or beside an adjective like "verbal".
BOUND_NOUNS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(words("tribute"), words("to")),
    **dict.fromkeys(words("blame"), words("on to at upon")),
    **dict.fromkeys(words("aim"), words("at")),
    **dict.fromkeys(words("finger fingers"), words("at")),
    **dict.fromkeys(words("support"), words("for")),
    **dict.fromkeys(words("shot shots dig digs"), words("at")),
    **dict.fromkeys(words("praises"), words("of")),
    **dict.fromkeys(words("fire"), words("for over")),
}
# These are deeds unless a word like "verbal" stands before them.
DEEDS: Mapping[str, frozenset[str]] = dict.fromkeys(words("attack attacks assault assaults"), words("on against"))
# "Under fire for": what the nouns in it need is a verb or preposition that says who receives it.
UNDER = words("fire")
COMING = words("come comes came coming")
# Unless it is said whose they are, the author sees them: "a rebuke to Y".
OWNED = words(
    "insult insults rebuke rebukes reprimand censure admiration contempt disdain scorn hatred distrust mistrust anger "
    "fury outrage rage swipe swipes jab jabs broadside broadsides tirade tirades diatribe portrayal depiction "
    "characterisation characterization endorsement critique"
)
# With a name after "of" they are that name's: "the allegations of Y".
ALLEGATIONS = words("accusation accusations allegation allegations")
# Facing charges is a fact, and so is winning an endorsement.
NOT_RECEIVED = words("claim claims charge charges endorsement")
VERBAL = words("verbal personal rhetorical scathing blistering stinging withering twitter public partisan vitriolic")
GIVING = words(
    "voice voices voiced voicing express expresses expressed expressing heap heaps heaped heaping pour pours poured "
    "pouring pay pays paid paying point points pointed pointing sing sings sang singing make makes made making poke "
    "pokes poked poking take takes took taken taking find finds found finding put puts putting lay lays laid laying "
    "place places placed placing pin pins pinned pinning shift shifts shifted shifting direct directs directed "
    "directing level levels levelled leveled levelling leveling repeat repeats repeated repeating launch launches "
    "launched launching deliver delivers delivered delivering renew renews renewed offer offers offered offering "
    "reiterate reiterates reiterated declare declares declared fire fires fired hurl hurls hurled issue issues issued "
    "file files filed filing "
    "lob lobs lobbed cast casts show shows showed reserve reserves reserved"
)
RECEIVING = words(
    "face faces faced facing draw draws drew drawn drawing attract attracts attracted attracting spark sparks sparked "
    "provoke provokes provoked provoking prompt prompts prompted earn earns earned earning win wins won winning "
    "receive receives received receiving invite invites invited meet met weather weathered endure endured suffered "
    "under garner garners garnered subject"
)
# "X is critical of Y".
ATTITUDES = words("critical dismissive scornful contemptuous disdainful supportive appreciative")
HEDGES = words("allegedly reportedly purportedly")
HEDGED = words("alleged suspected purported accused")
HEARSAY = words("alleged said believed thought suspected rumoured rumored reported claimed")
# Where somebody speaks: "accused Y *in an interview* of …".
OCCASIONS = words(
    "speech speeches interview interviews statement statements tweet tweets twitter post posts letter address remarks "
    "conference briefing meeting rally hearing visit op-ed column video message appearance debate summit session "
    "testimony report memo comments facebook television tv radio truth series floor event news"
)
MODALS = words("can cannot could should must ought can't")
# Pasts that no ending shows.
PASTS = words(
    "said met left went told took made gave came began won lost held saw sent fell grew rose ran kept broke led put "
    "brought stood sought spoke wrote became found flew drew spent"
)
# Whoever follows these is the subject of the infinitive: "urged Y to condemn Z".
CONTROLLING = words(
    "urge urged urges urging ask asked asks asking tell told tells telling want wanted wants force forced forces push "
    "pushed pushing press pressed pressing prompt prompted prompting encourage encouraged allow allowed order ordered "
    "invite invited beg begged persuade persuaded get got expect expected pressure pressured compel compelled "
    "challenge challenged challenging help helped helping lead led cause caused on for"
)
UNNAMED = "unnamed"
