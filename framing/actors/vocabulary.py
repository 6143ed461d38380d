"""Words that finding actors leans on: titles, offices, what acts and what is owned. Keys as in `Word.key`."""

from framing.seeds.inflect import verb_forms
from framing.text.verbs import ADJACENT, CALL, SAY, VIEW


def listed(text: str) -> frozenset[str]:
    """The words of `text` as a set."""
    return frozenset(text.split())


MALE = listed(
    "mr sir lord king prince duke baron father brother pope spokesman chairman congressman councilman businessman "
    "assemblyman herr monsieur son husband emperor sultan emir"
)
FEMALE = listed(
    "mrs ms miss dame lady madam queen princess duchess baroness sister spokeswoman chairwoman congresswoman "
    "councilwoman businesswoman assemblywoman frau madame daughter wife empress"
)
# Before a name they are no part of it.
PERSONAL = listed(
    "mr mrs ms miss mx dr sir dame lord lady prof professor madam madame monsieur herr frau rev reverend hon gen "
    "general lt lieutenant col colonel capt captain maj major sgt sergeant adm admiral cmdr commander brig "
    "brigadier marshal field corporal private officer detective inspector superintendent deputy sheriff sen senator "
    "sens rep reps representative congressman congresswoman gov governor mayor councillor councilman councilwoman "
    "judge justice ayatollah imam rabbi sheikh mullah archbishop bishop cardinal father sister brother mp mep "
    "ambassador amb sec"
)
# Of these the title stays with a name of one word: "Pope Francis", "Prince Harry".
REGAL = listed("pope king queen prince princess duke duchess emperor empress sultan emir saint baron baroness")
# The last word of an office.
HEADS = listed(
    "president minister premier pm chancellor secretary leader chief king queen prince princess pope emir sultan "
    "senator governor mayor speaker ambassador envoy general commander director chairman chairwoman chair "
    "commissioner spokesman spokeswoman spokesperson prosecutor attorney judge justice congressman congresswoman "
    "representative taoiseach ayatollah monarch emperor ceo founder boss head ruler dictator strongman deputy "
    "counsel adviser advisor sheriff coach archbishop cardinal bishop rabbi imam sheikh candidate nominee lawmaker "
    "mp vice-president treasurer administrator whip pontiff prophet laureate first-minister lady undersecretary "
    "negotiator diplomat minister-president"
)
# What stands before the head and makes it another office.
MODIFIERS = listed(
    "prime vice deputy foreign defence defense finance interior home justice health education labour labor energy "
    "trade economy economic environment treasury transport transportation agriculture commerce culture housing "
    "attorney secretary security national state supreme chief opposition party majority minority house senate "
    "acting interim first press assistant under district special city police military army union council crown "
    "surgeon executive managing human general intelligence spiritual political campaign white information external "
    "internal public central bank presidential federal republican democratic tory conservative liberal"
)
FORMER = listed("former ex then late onetime erstwhile ousted deposed outgoing disgraced previous")
CURRENT = listed("current incumbent new newly elected embattled longtime veteran sitting")
# "Secretary of State John Kerry", "Chief of Staff Mark Meadows".
OF_PARTS = frozenset(
    {("state",), ("defense",), ("defence",), ("education",), ("energy",), ("labor",), ("commerce",), ("agriculture",),
    ("transportation",), ("the", "treasury"), ("treasury",), ("the", "interior"), ("homeland", "security"), ("staff",),
    ("health",), ("the", "house"), ("foreign", "affairs"), ("intelligence",), ("national", "intelligence")}
)  # fmt: skip

GOVERNMENT = listed("government cabinet authorities administration regime officials govt leadership junta")
ARMY = listed("army military forces troops soldiers navy airforce warplanes jets reservists")
PEOPLE = listed("people public population citizens civilians populace")
# Between the name of a state and its government or army.
OF_GOVERNMENT = listed(
    "coalition far-right right-wing left-wing current new interim caretaker federal central transitional unity "
    "national senior top security high-ranking right wing far left elected conservative socialist liberal islamist "
    "hardline hard line ruling nationalist populist communist clerical theocratic war high level ranking previous"
)
OF_ARMY = listed(
    "armed ground special security occupation air naval elite regular infantry tank combat military reserve "
    "occupying invading defence defense fighter war government"
)
# With the name of a person: whose government it is.
PERSONS_GOVERNMENT = listed("administration government cabinet regime govt")

# What "Washington" and "Moscow" do when they are governments.
_ACTS = listed(
    "want need seek impose reject back support oppose agree approve attack invade annex recognise recognize refuse "
    "offer sign sanction suspend halt expel summon order ban lift block veto consider regard know plan decide "
    "intend threaten retaliate respond react arm fund finance deploy try hail welcome pressure urge press push "
    "attempt aim insist punish target retreat abandon betray ignore defend pursue seize accept demand escalate use "
    "exploit control cancel delay provide supply ship sell buy receive face risk lose view treat see change raise "
    "ease tighten resume restore cooperate negotiate intervene interfere meddle prefer rely depend owe resist "
    "remove withhold withdraw launch strike send spend cut pull call recall hope fear believe think value trust "
    "prepare step move hold keep give take make put set bring let show bear stand help hurt act work wage weigh "
    "stop start begin end fail manage succeed continue enter join leave side align arrest detain jail release free "
    "kill bomb test fire build develop expand enrich host ratify breach violate break honour honor promise pledge "
    "vow warn accuse blame deny claim criticise criticize condemn denounce dismiss appear seem care worry complain "
    "propose invest engage lobby hand dispatch station unveil publish signal shift drop tolerate embrace "
    "underestimate misjudge overestimate favour favor sponsor shelter harbour harbor compel force reverse revive "
    "quit share"
)
_IRREGULAR = listed(
    "sought withdrew withdrawn struck sent spent held kept gave given took taken made put set brought let shown "
    "bore stood hurt began begun left broke broken saw seen knew known thought lost sold bought drew lent fought "
    "led met spoke spoken built forced dealt chose chosen forbade overrode backs-down wrote bet"
)
ACTS = (
    frozenset(form for verb in _ACTS for form in (verb, *verb_forms(verb)) if not form.endswith("ing"))
    | (SAY - ADJACENT)
    | CALL
    | VIEW
    | _IRREGULAR
)
ACTING = frozenset(verb_forms(verb)[2] for verb in _ACTS)
AUXILIARIES = listed(
    "has have had will would could may might must should can cannot can't did does do didn't doesn't won't hasn't "
    "hadn't wouldn't couldn't can’t didn’t doesn’t won’t"
)
BEING = listed("is was are were isn't wasn't")
ADVERBS = listed(
    "not also now never still already long always repeatedly reportedly recently quickly since then even just only "
    "formally officially publicly openly again simply merely initially largely consistently immediately once itself "
    "in been to"
)
DISPOSED = listed(
    "ready willing unwilling prepared determined keen reluctant unlikely likely eager happy able unable bent "
    "hell-bent desperate adamant furious angry worried concerned alarmed nervous wary cautious silent right wrong "
    "responsible hoping committed opposed"
)
# What a capital owns when it is a government.
OWNED = listed(
    "decision decisions policy policies programme program programmes programs stance position demand demands "
    "sanctions war wars ally allies interest interests response refusal support threat threats invasion aggression "
    "forces troops army military ambassador ambassadors envoy envoys officials leaders leader leadership regime "
    "rulers government strategy approach actions action move moves claim claims proposal proposals plan plans "
    "ambition ambitions goal goals aim aims intentions commitment commitments role influence proxy proxies client "
    "clients partner partners enemy enemies adversaries rival rivals offer efforts effort attempt attempts attitude "
    "view views message warning warnings reaction reliability failure credibility power weight money aid arms "
    "weapons missiles missile nuclear foreign diplomatic ballistic economic strategic diplomacy diplomats alliance "
    "hand patience concerns concern fears priorities priority agenda campaign occupation annexation behaviour "
    "behavior conduct hostility willingness readiness promise promises pledge pledges obligations reluctance "
    "silence relations relationship ties rhetoric narrative propaganda account version calculus calculations hopes "
    "desire determination insistence negotiators spokesman intervention involvement backing blessing approval help "
    "chief top intelligence security closest biggest main own long-standing longstanding hard-line hardline trade "
    "tariffs tariff bid bids war-time stockpile sphere grip control crackdown vision doctrine scrutiny check checks "
    "revamp overhaul clampdown restrictions ban embargo curbs assault assaults attack attacks bombardment offensive "
    "ability capability capabilities capacity powers hold"
)
# "tensions between Washington and Tehran", "sanctions on Moscow".
RELATIONS = listed(
    "relations tensions talks ties deal deals war rift dispute conflict negotiations agreement agreements "
    "cooperation alliance friction gap standoff dialogue relationship rivalry trust mistrust hostility enmity "
    "divide differences disagreement disagreements accord pact treaty partnership coordination exchange exchanges "
    "confrontation unity split rapprochement détente detente spat row feud sanctions pressure leverage anger "
    "support help aid backing permission approval message signal warning ultimatum threat threats demand demands "
    "concession concessions assurances guarantees orders instructions response reaction statement envoy envoys "
    "ambassador ambassadors understanding contacts contact engagement bridge channel channels wedge blow victory "
    "defeat criticism condemnation frustration embargo tariffs struggle competition breach"
)
TOWARD = listed("with against on to from for of by toward towards over upon")
# Of these the capital itself is the object.
MET = listed(
    "accuse accuses accused accusing urge urges urged urging warn warns warned warning told tell tells telling "
    "press presses pressed pressing pressure pressures pressured pressuring blame blames blamed blaming ask asks "
    "asked asking anger angers angered angering infuriate infuriates infuriated infuriating criticise criticised "
    "criticising criticize criticized criticizing condemn condemns condemned condemning thank thanks thanked "
    "provoke provokes provoked provoking punish punishes punished punishing force forces forced forcing persuade "
    "persuades persuaded persuading convince convinced convincing deter deters deterred deterring appease appeases "
    "appeased appeasing sanction sanctions sanctioned sanctioning isolate isolates isolated isolating confront "
    "confronts confronted confronting contain alarm alarms alarmed alarming worry worries worried worrying "
    "embarrass embarrassed defy defies defied defying inform informed informing help helps helped helping support "
    "supports supported supporting oppose opposes opposed opposing threaten threatens threatened threatening "
    "counter counters countered countering arm arms armed arming bypass bypassed bypassing upset antagonise "
    "antagonize antagonised antagonized compel compelled reassure reassured reassuring embolden emboldened "
    "emboldening weaken weakened weakening favor favour"
)
BACKED = listed("backed led aligned sponsored supported controlled friendly funded allied brokered mediated installed")

# A hyphen and one of these make an adjective that is about something else.
PREFIXES = listed("pro anti ex non post pre mid trans cross un like")
SUFFIXES = listed("era like style based born wide area speaking born-again time bound esque ism educated trained")

# A name in capitals before one of these is the name of a thing.
NAMED_AFTER = listed(
    "tower towers university college school institute foundation airport street avenue road boulevard square park "
    "hotel hospital bridge center centre hall library museum stadium building plaza prize award awards cup open "
    "times post journal herald tribune gazette daily news press today magazine review club bank airlines airways "
    "air railway railways sea ocean river lake valley mountains island islands peninsula strait straits gulf bay "
    "desert dam canal act bill amendment plan doctrine accord accords agreement treaty protocol memorandum deal "
    "philharmonic orchestra ballet festival games championship league organization organisation corporation corp "
    "inc ltd co company group holdings partners international media network television tv radio studios records "
    "resort resorts casino golf estates library's fund trust society association federation union chamber council "
    "committee commission jr sr ii iii iv day week month beach city county district township province house castle "
    "palace line express star world bond steaks vodka"
)
# "University of Washington", "Bank of Israel".
NAMED_FOR = listed(
    "university bank embassy consulate museum institute church bishop archbishop gulf sea strait battle siege voice "
    "chamber college school port bay cathedral diocese court friends league house airlines central reserve "
    "communist national society association federation ministry office treaty congress bank's department heights "
    "hills plains streets city town isle mount lake"
)
DAYS = listed(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sept sep oct nov dec"
)
# Buildings that stand for who works there, except where something happens in or at them.
BUILDINGS = frozenset(
    {("white", "house"), ("kremlin",), ("pentagon",), ("downing", "street"), ("10", "downing", "street"), ("elysee",),
     ("elysee", "palace"), ("capitol", "hill"), ("knesset",), ("blue", "house"), ("number", "10"),
     ("no", "10"), ("state", "department"), ("foreign", "ministry"), ("senate",), ("parliament",), ("vatican",)}
)  # fmt: skip
PLACED = listed("at in inside outside near into around beside visit visited visiting entered entering leaving across")
MOVED = listed(
    "return returned returns returning came come went go goes going travel travelled traveled invited visit visits "
    "walked drove arrived trip way welcomed back march marched brought close"
)
ARTICLES = listed("the a an")
# Common words that are also acronyms; in a line all in capitals they are taken for words.
SHOUTED_WORDS = listed("it who is ice aid care act snap all us he be so no on in an as at un cia") - {"cia", "un"}
OBJECT_CASE = listed(
    "to for of let tell tells told give gives gave help helps show shows make makes with among between keep keeps "
    "all from around about save join joins teach killed kill"
)
# Heads and legal forms that names of organisations are written with and without.
ORGANISATION_HEADS = listed(
    "newspaper daily news agency group movement organisation organization company co corp corporation inc ltd plc "
    "llc gmbh ag sa pvt pte party militia network channel website magazine foundation charity union ngo firm bank "
    "airline airlines the"
)
GENERIC_NAMES = listed(
    "government president house ministry department state court army police council committee commission agency "
    "company party republic union church board university administration secretary minister king queen foreign "
    "defense defence interior twitter-user"
)
