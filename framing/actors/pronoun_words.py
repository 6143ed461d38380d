"""Word classes that the reading of a sentence leans on; sets of lower-case forms, nothing here decides anything."""

from framing.seeds.inflect import verb_forms
from framing.text.verbs import SAY, SAYING


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# In a reading, an item that is a mention.
NAME = "@"
PRONOUNS = {
    form: forms.split()[0]
    for forms in ("he him his himself", "she her hers herself", "they them their theirs themselves")
    for form in forms.split()
}
BEING = _words("is was are were be been being 's")
AUXILIARIES = _words(
    "is are was were am be been being has have had do does did will would can could may might shall should must isn "
    "aren wasn weren hasn haven hadn won wouldn couldn can't cannot didn doesn don shouldn mustn 's 've 'd 'll 're 'm "
    "ain"
)
FINITE_AUXILIARIES = AUXILIARIES - _words("be been being")
PREPOSITIONS = _words(
    "of in on at from with to by after before during via for about against into over under since through outside "
    "inside among amid within across between around behind despite following including as like unlike than without "
    "toward towards upon near beside besides onto off above below beneath throughout until till alongside regarding "
    "concerning past per beyond"
)
SUBORDINATORS = _words(
    "that because when while if although though who which whom whose where whether how why what once unless whereas "
    "after before since as until till so whenever wherever lest"
)
COORDINATORS = _words("and or but nor plus")
DETERMINERS = _words(
    "the a an this that these those his her their its my your our some any each every no another both one two three "
    "four five several many all most more other such"
)
ADVERBS = _words(
    "also then later now already once again never not always often ever still even just too soon only first rather "
    "instead further long well almost himself herself themselves itself both all n't 't today yesterday ago meanwhile "
    "thus therefore however though simply quickly subsequently finally"
)
MARKS = _words(", ; : ( ) [ ] — – - -- . ! ? \" “ ” ‘ ’ ` '' `` …")

_BASES = (
    "accept accuse achieve acquire act adapt add address admire admit adopt advance advise affect afford agree aim "
    "allege allow alter amend announce annoy answer apologise apologize appeal appear apply appoint appreciate "
    "approach approve argue arrange arrest arrive ask assassinate assault assert assign assist assume assure attach "
    "attack attempt attend attract avoid award back ban bar base battle beg behave believe belong betray blame blast "
    "block boast bolster book borrow boycott break bring broadcast brush build burn bury call campaign cancel capture "
    "care carry cast catch cause caution celebrate challenge change charge chase chat cheat check cheer choose cite "
    "claim clarify clash clear climb cling close collaborate collapse collect come comfort command comment commit "
    "compare compete complain complete compose concede concern conclude condemn conduct confess confirm confront "
    "congratulate connect conquer consider consist construct consult contact contain contend contest continue "
    "contribute control convert convey convict convince cook cooperate coordinate cope copy correct cost counter cover "
    "crash create criticise criticize cross crown crush cry cut damage dance dare deal debate decide declare decline "
    "dedicate deepen defeat defect defend define defy delay delight deliver demand demonstrate denounce deny depart "
    "depend depict deploy deport derail describe deserve design desire destroy detail detain determine develop devote "
    "die differ direct disagree disappear disappoint disclose discover discuss dismiss display dispute divorce "
    "dominate donate doubt downplay draft draw dream dress drink drive drop earn ease echo edit educate elect "
    "eliminate emerge emphasise emphasize employ enable encounter encourage end endorse endure enforce engage enjoy "
    "enlist ensure enter entertain escape establish estimate evade evoke examine exchange excite execute exercise "
    "exist expand expect expel experience explain explore expose express extend face fail fall fear feature feel feud "
    "fight file fill find finish fire fit fix flee flirt fly focus follow force forge forget forgive form found free "
    "gain gather get give go govern graduate grant greet grieve grow guide handle hang happen hate have head hear help "
    "hide hire hit hold honor honour hope host hug hurt identify ignore illustrate imagine impersonate impose impress "
    "improve include increase indicate influence inform inherit injure insist inspire instruct insult intend interpret "
    "interrupt interview introduce invade invent invest investigate invite involve issue join joke judge jump justify "
    "keep kick kidnap kill kiss knock know label lack land last laugh launch lead leak lean learn leave lecture lend "
    "let lie lift like link listen live lobby look lose love lure maintain make manage march mark marry match matter "
    "mean meet mention mentor mislead miss mock modify mount mourn move murder name need negotiate nominate note "
    "notice oblige observe obtain occupy offer open operate oppose order organise organize oust outline overcome "
    "oversee own paint participate partner pass pay perform permit persuade pick place plan play plead please pledge "
    "plot point portray pose possess post postpone praise pray predict prefer prepare present preside press pressure "
    "prevent proceed produce promise promote propose prosecute protect protest prove provide publish pull punch punish "
    "purchase push put question quit quote race raise rally reach read realise realize rebuke rebuff recall receive "
    "recognise recognize recommend record recover recruit reduce refer refuse regain regard register regret reject "
    "relate release relent rely remain remarry remember remind remove rename renew repeat replace reply report "
    "represent reproduce request require rescue resemble resign resist resolve respond rest restore restrict result "
    "resume retain retire retreat return reveal revenge reverse review revive ride ring rise risk rob rule run sail "
    "save say scold score seal search secure see seek seem seize sell send serve set settle shake shape share shoot "
    "shout show sign signal sing sit slam sleep smile solve sound spar speak spend spot spread stand star stare start "
    "state stay steal step stick stop stress strike strip struggle study sue suffer suggest supervise supply support "
    "suppose surprise surrender survive suspect suspend swear swim swing switch take talk target teach tell tempt tend "
    "term test testify thank think threaten throw tie topple touch tour trace track trade train transfer transform "
    "translate travel treat trick trust try turn tweet undergo understand unveil update uphold urge use usher value "
    "vanish veto view violate visit voice volunteer vote vow wait wake walk want warn wash watch wear weigh welcome "
    "win wish withdraw withhold witness woo work worry wound wrestle write yell yield"
)
_PASTS = _words(
    "arose ate awoke beat became began bent bet bit bled blew bore bought bound bred broke brought built burst came "
    "cast caught chose clung crept cut dealt dug drank drew drove dreamt fell fed felt fled flew flung forbade foresaw "
    "forgave forgot fought found froze gave got grew ground heard held hid hit hung hurt kept knelt knew laid lay led "
    "left lent let lit lost made meant met misled overcame oversaw overthrew overtook paid put quit ran rang read rode "
    "rose said sang sank sat saw sent set shed shone shook shot shrank shut slept slid sold sought spent split spoke "
    "sprang spread stole stood stuck struck strove strung stung swam swept swore swung taught thought threw told took "
    "tore underwent understood undertook upheld upset went wept withdrew withheld withstood woke won wore wound wrote"
)
_PARTICIPLES = _words(
    "arisen awoken beaten become begun bitten blown borne born broken brought chosen done drawn driven drunk eaten "
    "fallen flown forgotten forgiven frozen given gone grown hidden known lain mistaken overthrown proven ridden risen "
    "seen shaken shown sung sunk spoken stolen sworn taken thrown torn undergone withdrawn woken worn written"
)
_NOT_PAST = _words(
    "united hundred red bed need indeed speed seed feed breed creed deed exceed proceed succeed shed sacred naked "
    "wicked kindred embed bleed weed greed steed aged alleged so-called retired unnamed"
)
BASES = frozenset(_BASES.split())
THIRD = frozenset(verb_forms(base)[0] for base in BASES) | {"has", "does", "says", "goes"}
PASTS = _PASTS | frozenset(verb_forms(base)[1] for base in BASES)
GERUNDS = frozenset(verb_forms(base)[2] for base in BASES)
FINITE = FINITE_AUXILIARIES | THIRD | PASTS
VERBS = FINITE | BASES | GERUNDS | _PARTICIPLES | AUXILIARIES
SAYS = SAY | SAYING


def is_finite(word: str) -> bool:
    """Whether the word can be the finite verb of a subject that stands before it."""
    return word in FINITE or (word.endswith("ed") and len(word) > 4 and word not in _NOT_PAST)


def is_verb(word: str) -> bool:
    """Whether the word can be a verb in any form."""
    return word in VERBS or (word.endswith(("ed", "ing")) and len(word) > 5 and word not in _NOT_PAST)


MALE_NOUNS = _words(
    "man boy husband father dad son brother uncle nephew grandfather grandson stepfather stepson boyfriend gentleman "
    "businessman spokesman chairman congressman councilman policeman fireman salesman fisherman cameraman frontman "
    "sportsman nobleman clergyman statesman layman gunman widower groom king prince duke earl emperor lord monk priest "
    "pope cardinal bishop imam rabbi ayatollah sultan emir sheikh actor waiter host hero guy bachelor half-brother "
    "stepbrother godfather son-in-law father-in-law brother-in-law great-grandfather lad altar-boy alderman "
    "assemblyman ombudsman cowboy playboy patriarch shah baron count viscount abbot friar"
)
FEMALE_NOUNS = _words(
    "woman girl wife mother mom mum daughter sister aunt niece grandmother granddaughter stepmother stepdaughter "
    "girlfriend lady businesswoman spokeswoman chairwoman congresswoman councilwoman policewoman actress waitress "
    "hostess heroine widow bride queen princess duchess countess baroness empress nun sportswoman half-sister "
    "stepsister godmother daughter-in-law mother-in-law sister-in-law great-grandmother schoolgirl assemblywoman "
    "alderwoman noblewoman matriarch ballerina soprano mistress goddess midwife showgirl housewife"
)
_EITHER = _words(
    "person child baby teenager student teacher doctor nurse officer official lawyer attorney judge prosecutor soldier "
    "sergeant captain colonel general commander pilot driver suspect victim witness defendant attacker shooter killer "
    "murderer assailant prisoner inmate detainee hostage reporter journalist author writer poet novelist editor critic "
    "columnist professor scientist researcher economist analyst expert adviser advisor aide minister president "
    "governor mayor senator lawmaker politician candidate nominee leader activist protester immigrant migrant refugee "
    "worker employee employer boss manager director owner founder ceo coach player singer musician artist painter "
    "composer dancer model friend colleague neighbor neighbour partner lover spouse relative cousin parent sibling "
    "guardian twin patient client customer passenger farmer engineer architect designer detective inspector agent spy "
    "sheriff guard bodyguard servant slave maid chef cook bartender stranger guest visitor tourist resident voter "
    "citizen ambassador diplomat envoy representative delegate secretary spokesperson deputy successor predecessor "
    "chancellor premier monarch ruler dictator pastor preacher reverend missionary saint prophet veteran hunter rival "
    "opponent enemy ally supporter fan donor investor entrepreneur banker trader accountant consultant biographer "
    "historian philosopher psychologist therapist surgeon physician dentist paramedic firefighter wrestler boxer "
    "golfer cyclist swimmer athlete champion winner loser striker goalkeeper midfielder defender quarterback pitcher "
    "batsman bowler referee bassist guitarist drummer pianist vocalist rapper comedian presenter narrator protagonist "
    "character monster creature killer thief burglar robber criminal classmate roommate teammate co-worker "
    "correspondent anchor photographer filmmaker producer publisher pupil graduate scholar apprentice assistant clerk "
    "landlord contractor whistleblower strategist staffer pollster lobbyist operative commentator moderator "
    "chairperson chair ex-president ex-wife ex-husband incumbent newcomer outsider insider billionaire millionaire "
    "tycoon magnate newsman demonstrator organizer organiser shopper homeowner retiree caregiver trooper marine sailor "
    "recruit fighter militant rebel terrorist bomber hijacker negotiator mediator interpreter translator speaker "
    "lecturer trustee treasurer regent tenant orphan youth newborn infant toddler"
)
PERSON_NOUNS = MALE_NOUNS | FEMALE_NOUNS | _EITHER
