"""Who can be named as a speaker: persons, bodies and documents; everything else is no designation."""

from collections.abc import Sequence

from framing.text.designation import Subject
from framing.text.tokens import Token, lowered
from framing.text.verbs import (
    CONJUNCTIONS,
    CROWD,
    DETERMINERS,
    DOCUMENTS,
    FINITE,
    ORGANISATION,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    TITLES,
    WITH_COMPLEMENT,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PERSONS = _words(
    "official aide source ally allies relative mother father brother sister wife husband son daughter uncle aunt "
    "cousin nephew niece parent grandmother grandfather friend colleague neighbour neighbor person people man men "
    "woman women boy girl child children kid individual youth teen teenager family spouse widow partner couple "
    "boyfriend girlfriend actress actor host hostess guest guard agent assistant correspondent respondent student "
    "resident president immigrant migrant participant applicant defendant plaintiff claimant complainant consultant "
    "accountant lieutenant sergeant servant protestant merchant opponent proponent client patient tenant critic "
    "cleric mechanic medic academic diplomat democrat bureaucrat pilot pundit patriot liberal conservative moderate "
    "progressive radical general colonel captain chief head boss coach clerk judge justice bishop cardinal pope "
    "monk nun imam rabbi priest pastor reverend prophet saint king queen prince princess duke duchess lord baron "
    "emir sheikh shah sultan emperor monarch royal attorney counsel deputy mp mps lawmaker candidate nominee "
    "delegate advocate associate graduate magnate mogul tycoon captive fugitive executive representative detective "
    "native operative secretary secretaries premier chancellor ambassador envoy consul spokesperson chairperson "
    "chair salesperson whip insider outsider aides staff spy spies nurse physician surgeon therapist expert "
    "specialist athlete sprinter star celebrity celebrities author poet artist rapper comic chef architect hacker "
    "sheriff marshal cop trooper cadet recruit soldier veteran vet hero victim survivor suspect convict inmate "
    "hostage witness eyewitness victims bystander onlooker passerby passers-by constituent caucus citizen civilian "
    "villager local locals american americans voter voters mob crowd public viewers fan fans rebel militant "
    "terrorist jihadist activist ceo cfo coo cto vp congressman congresswoman assemblyman sen. rep. gov. dr. prof. "
    "professor principal dean fellow scholar heads leader analyst strategist pollster economist journalist narrator "
    "anchor interpreter translator dissenter signatory signatories majority minority two three four five many some "
    "others another both former latter half most few several all none respondents pair trio firefighter policeman "
    "guide heir pal mate peer cofounder co-founder co-author coauthor sponsor interrogator attacker gunman "
    "assailant stranger worker-bee thousands hundreds dozens women’s guy guys lady ladies gentleman ma'am dad mom "
    "mum mama papa grandma grandpa twin orphan refugee dreamer inspector-general professional intellectual "
    "paramedic adult independent household confidant confidante fiancé fiancée user subordinate undersecretary wonk "
    "elite sibling superintendent commandant commander-in-chief attorney-general lecturer apologist somebody "
    "someone everyone everybody anyone nobody chiefs sleuth skeptic sceptic hawk dove optimist pessimist realist "
    "populist"
)
_BODIES = _words(
    "government administration ministry department agency agencies bureau office commission committee panel board "
    "council court tribunal jury parliament congress senate house assembly legislature cabinet campaign party "
    "parties coalition alliance union company companies corporation firm business businesses manufacturer bank "
    "lender retailer airline automaker insurer startup chain group groups organization organisation organizations "
    "organisations association federation confederation foundation charity charities nonprofit nonprofits non- "
    "profit institute institution institutions think-tank tank university college school hospital clinic church "
    "diocese mosque synagogue vatican network channel station broadcaster outlet outlets newspaper newspapers paper "
    "magazine tabloid daily weekly publication publisher journal media press site website blog page account-holder "
    "service services service's police army military navy force forces militia guard patrol embassy consulate "
    "mission delegation team club league squad unit task-force administration's industry lobby watchdog regulator "
    "regulators authority authorities district city county state states country nation kingdom regime side sides "
    "camp faction movement community tribe directorate secretariat command division branch project programme "
    "program center centre center's academy laboratory lab observatory museum fund trust cooperative firms kremlin "
    "pentagon palace treasury republic leadership caucus opposition lawyers defense defence prosecution estate "
    "faculty management crew law-enforcement enforcement intelligence society"
)
_WRITINGS = DOCUMENTS | _words(
    "analysis analyses assessment article articles editorial editorials op-ed column story essay piece post tweet "
    "email e-mail message note brief briefing release book memoir complaint indictment affidavit lawsuit suit "
    "petition filing opinion ruling decision dissent order warrant transcript testimony document documents dossier "
    "database data dataset statistics figures census estimate forecast polling projection evaluation findings "
    "guidance guidelines manifesto platform declaration resolution bill law act amendment constitution treaty "
    "agreement contract policy budget proposal plan advert ad advertisement video headline notice advisory bulletin "
    "dispatch reports surveys polls studies letters memos records archives minutes research speech op-eds papers "
    "website communique communiqué text label summary review audit handbook manual textbook obituary plaque "
    "inscription index ranking newsletter report's"
)
_KNOWN = _PERSONS | _BODIES | _WRITINGS | CROWD | ROLES | ORGANISATION | (TITLES - _words("first former US UK EU"))
_AGENT = ("er", "or", "ist", "ian", "ologist", "man", "woman", "men", "women", "crat", "smith", "ee", "geon")
_NO_AGENT = _words(
    "number power order matter error center water summer winter offer character chapter fever cover factor sector "
    "terror honor honour horror color colour labor labour favor favour behavior behaviour computer corner border "
    "disaster murder danger anger hunger finger river tower flower weather dinner manner banner barrier career beer "
    "answer rumor rumour humor humour list twist mist fist gist never ever over under other either neither rather "
    "together however whether further after later earlier better floor door mirror tenor vigor minor major prior "
    "poor fewer more lower higher larger smaller greater older younger newer tweeter trigger counter quarter "
    "shutter shower silver gender tender slander wonder thunder super paper fiber butter letter chamber september "
    "october november december disorder shoulder folder ladder powder laughter slaughter shelter filter poster "
    "roster cluster chatter encounter transfer buffer layer prayer player-piano sister-in-law stupor metaphor "
    "harbor harbour armor armour corridor visor meteor guarantee degree fee tree knee coffee decree committee see "
    "three free agree employee-benefit pushback canister register theater theatre takeover handover"
)
_QUANTITIES = _words(
    "percent one two three four five six seven eight nine ten few many most some several none plenty number "
    "percentage majority minority third thirds half two-thirds three-quarters handful couple dozens rest any each "
    "all group pair"
)
_NOTHINGS = _NO_AGENT | _words(
    "account voice pushback bit way thing fact move step word phrase term idea plan deal timing language role part "
    "incident look past pull end chance hour situation virus area economy election meantime lamppost access name "
    "time day week month year result reason point problem issue question answer lot series set kind sort case"
)
_INSIDE = frozenset(["him", "her", "them", "me", "us", "said", "gave", "not", "was"])
_DANGLING = PREPOSITIONS | DETERMINERS - _words("this that these those one another both some") | CONJUNCTIONS
_SHOUTED = _words(
    "MORE MUST WATCH NOW WITH YOUR READ ALSO VIDEO RELATED BREAKING UPDATE UPDATED PHOTO PHOTOS ADVERTISEMENT SEE "
    "THE AND WASHINGTON REUTERS LISTEN CLICK HERE THIS NEXT EXCLUSIVE OPINION FILE IMAGE"
)
_NO_NAMES = _words(
    "however meanwhile still but and so yet then when while instead voice account according more here there not "
    "asked that this these those what how why where which who whether if because although though since also even "
    "just now later today yesterday earlier finally indeed perhaps maybe sometimes almost story"
)
_SHORT_PREFIX = 4
_MOST_WORDS = 9
# Left over from "a report published on Monday found".
_PARTICIPLES = _words("published released conducted done sent posted issued obtained involved concurring here online")


def name_of(subject: Subject, tokens: Sequence[Token]) -> str | None:
    """The name of `subject` if it is one that a reader could take for somebody who speaks."""
    if subject.name is None:
        return None
    words = subject.name.split()
    while len(words) > 1 and words[-1] in _PARTICIPLES:
        words.pop()
    if len(words) > _MOST_WORDS or words[-1].endswith(("’s", "'s")):
        return None
    plausible = _is_proper(words) if subject.proper else _is_role(words) or _is_bare(subject, words, tokens)
    return " ".join(words) if plausible else None


def is_plausible(subject: Subject, tokens: Sequence[Token]) -> bool:
    """Whether `subject` is a pronoun, or a name or role that can speak."""
    return subject.pronoun is not None or name_of(subject, tokens) is not None


def _is_proper(words: Sequence[str]) -> bool:
    if not _SHOUTED.isdisjoint(words) or (len(words) == 1 and lowered(words[0]) in _NO_NAMES):
        return False
    return len(words) == 1 or not _is_glued(words[-1])


def _is_glued(word: str) -> bool:
    # "ClintonClinton", but "DeGeneres" and "O’Rourke".
    inner = next((at for at in range(1, len(word)) if word[at].isupper() and word[at - 1].islower()), 0)
    return inner > _SHORT_PREFIX and "-" not in word[:inner]


def _is_role(words: Sequence[str]) -> bool:
    if words[-1].isdigit() and words[0].isupper():
        return True
    lower = [lowered(word) for word in words]
    if lower[-1] in _DANGLING or any(word in FINITE | PRONOUNS - {"one"} | _INSIDE for word in lower):
        return False
    head = _head(lower)
    counts = lower[head] in _QUANTITIES
    if counts and lower[head + 1 : head + 2] == ["of"] and head + 2 < len(lower):
        return _is_role(words[head + 2 :])
    return counts or can_speak(words[head])


def _is_bare(subject: Subject, words: Sequence[str], tokens: Sequence[Token]) -> bool:
    # "the coastguard": one word that an article makes a noun.
    if len(words) > 1 or subject.begin + 1 >= len(tokens) or tokens[subject.begin].lower not in ("the", "a", "an"):
        return False
    return words[0] not in _NOTHINGS and not words[0].endswith(("ing", "ly", "ed"))


def _head(lower: Sequence[str]) -> int:
    """The noun before the first preposition: “sources close to Trump”, “head of the bureau”."""
    for at in range(1, len(lower)):
        if lower[at] in PREPOSITIONS or lower[at] in WITH_COMPLEMENT:
            return at - 1
        if lower[at].endswith("ed") and at + 1 < len(lower) and lower[at + 1] in PREPOSITIONS:
            return at - 1
    return len(lower) - 1


def can_speak(word: str) -> bool:
    """Whether the noun is a person's, a body's or a document's."""
    lower = word.lower().rpartition("-")[2] if word.lower() not in _KNOWN else word.lower()
    single = lower.removesuffix("ies") + "y" if lower.endswith("ies") else lower.removesuffix("s")
    if word[0].isupper() or lower in _KNOWN or single in _KNOWN:
        return True
    return single.endswith(_AGENT) and single not in _NO_AGENT and len(single) > 4
