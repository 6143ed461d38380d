"""Words that report speech, and the small function words the voice rules lean on.

Sets of lower-case forms; nothing here decides anything.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SAY = _words(
    "said say says tell tells told add adds added ask asks asked reply replies replied answer answers answered "
    "argue argues argued claim claims claimed warn warns warned insist insists insisted announce announces "
    "announced declare declares declared state states stated explain explains explained note notes noted "
    "acknowledge acknowledges acknowledged admit admits admitted concede concedes conceded confirm confirms "
    "confirmed deny denies denied write writes wrote tweet tweets tweeted post posts posted testify testifies "
    "testified recall recalls recalled suggest suggests suggested stress stresses stressed emphasise emphasises "
    "emphasised emphasize emphasizes emphasized complain complains complained conclude concludes concluded contend "
    "contends contended allege alleges alleged assert asserts asserted joke jokes joked quip quips quipped shout "
    "shouts shouted yell yells yelled whisper whispers whispered continue continues continued observe observes "
    "observed remark remarks remarked report reports reported estimate estimates estimated predict predicts "
    "predicted reiterate reiterates reiterated maintain maintains maintained caution cautions cautioned boast "
    "boasts boasted lament laments lamented hint hints hinted respond responds responded counter countered retort "
    "retorted repeat repeats repeated find finds found remind reminds reminded assure assures assured inform "
    "informs informed swear swears swore promise promises promised pledge pledges pledged vow vows vowed demand "
    "demands demanded propose proposes proposed reveal reveals revealed disclose discloses disclosed indicate "
    "indicates indicated"
)

# Reported only with "that": views, and questions with "whether".
VIEW = _words(
    "believe believes believed think thinks thought fear fears feared hope hopes hoped agree agrees agreed expect "
    "expects expected doubt doubts doubted wonder wonders wondered"
)
ASK = _words("ask asks asked wonder wonders wondered asking")

# These attribute a quotation only when they stand right beside it.
ADJACENT = _words(
    "continue continues continued find finds found post posts posted repeat repeats repeated report reports "
    "reported recall recalls recalled estimate estimates estimated predict predicts predicted reveal reveals "
    "revealed disclose discloses disclosed indicate indicates indicated counter countered"
)

# A conclusion and no speech when the subject is a thing ("the figures suggest that").
INFER = _words("suggest suggests suggested indicate indicates indicated reveal reveals revealed find finds found")

CALL = _words(
    "call calls called describe describes described dub dubs dubbed brand brands branded label labels labeled "
    "labelled denounce denounces denounced condemn condemns condemned dismiss dismisses dismissed criticise "
    "criticises criticised criticize criticizes criticized slam slams slammed blast blasts blasted praise praises "
    "praised hail hails hailed characterise characterised characterize characterized characterizes refer refers "
    "referred accuse accuses accused urge urges urged blame blames blamed decry decries decried deride derides "
    "derided mock mocks mocked cite cites cited quote quotes quoted thank thanks thanked welcome welcomes welcomed "
    "rail rails railed speak speaks spoke ridicule ridiculed lambast lambasted threaten threatens threatened vow "
    "vows vowed promise promises promised pledge pledges pledged deem deems deemed apologise apologised apologize "
    "apologized credit credits credited define defines defined"
)

SAYING = _words(
    "saying adding telling asking replying arguing claiming warning insisting announcing declaring stating "
    "explaining noting acknowledging admitting conceding confirming denying writing tweeting posting testifying "
    "recalling suggesting stressing emphasising emphasizing complaining concluding contending alleging asserting "
    "joking shouting yelling observing remarking reporting estimating predicting reiterating maintaining cautioning "
    "boasting lamenting calling describing dubbing branding labelling labeling denouncing condemning dismissing "
    "criticising criticizing slamming blasting praising hailing characterising characterizing referring accusing "
    "urging blaming vowing promising pledging citing quoting deriding mocking"
)

# Without "that", only these report a clause: others too often take a plain object.
BARE = _words(
    "said say says told tells added adds warned warns claimed claims argued argues insisted insists announced "
    "confirmed acknowledged admitted conceded alleged alleges believes stated saying adding claiming warning "
    "insisting arguing noting noted suggested testified"
)
BARE_WITH_ANY_SUBJECT = _words("said say says told tells added adds saying adding")

# Verbs whose object stands between the verb and "that".
TELL = _words(
    "told tell tells telling warn warns warned warning remind reminds reminded assure assures assured inform "
    "informs informed ask asks asked asking"
)

NOT_WITH_INVERSION = _words(
    "told tell tells found find finds deny denied denies confirm confirmed confirms post posts posted reports find "
    "state states report claims notes"
)

REPORTING = SAY | CALL | SAYING | VIEW

SAYING_NOUNS = _words(
    "hope fear doubt think expect report claim note state answer demand promise estimate call brand label post "
    "study reports"
)

BE = _words("is are was were be been being am")
HAVE = _words("has have had having")
FINITE = BE | _words(
    "has have had would will could can may might should must did does do isn't aren't wasn't weren't hasn't haven't "
    "hadn't wouldn't won't couldn't can't cannot didn't doesn't don't isn’t aren’t wasn’t weren’t hasn’t haven’t "
    "hadn’t wouldn’t won’t couldn’t can’t didn’t doesn’t don’t shouldn’t shouldn't"
)
# What shows a reported clause: not the infinitive ("the nomination of Voss to be …").
CLAUSE_VERBS = FINITE - _words("be been being")
ROLES = _words(
    "leaders leader government governments ministry army forces party spokesman spokeswoman spokesperson minister "
    "ministers group groups company union unions team campaign administration military regulators prosecutor mayor "
    "court judge coach"
)
ARTICLES = _words("the a an his her their its our my your this that these those")
BLOCKING = _words(
    "having not never to would could may might should cannot can't couldn't didn't doesn't don't won't wouldn't "
    "hasn't haven't hadn't can’t couldn’t didn’t doesn’t don’t won’t wouldn’t hasn’t haven’t hadn’t nor neither "
    "without"
)
SKIPPED = _words(
    "also then later now already once again recently previously earlier reportedly repeatedly often still even just "
    "himself herself themselves itself both all simply has have had will did does yesterday today tonight always "
    "first only soon instead further since long"
)
DAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight tomorrow january february "
    "march april may june july august september october november december jan. feb. mar. apr. aug. sept. oct. nov. "
    "dec. late early earlier later morning afternoon evening night week month year last this"
)
PREPOSITIONS = _words(
    "in on at from with near to by after before during via of for about against into over under since through "
    "outside inside among amid within across between around behind despite following including as"
)
KEPT_PREPOSITIONS = _words("of for")
DETERMINERS = _words("the a an his her their its our my your this that these those one another both some")
CLAUSE_STARTERS = DETERMINERS | _words(
    "he she it they there we i you no all many most more half each every if when while such what nobody everyone "
    "nothing only about nearly almost at people two three four five six seven eight nine ten dozens hundreds "
    "thousands"
)
CONJUNCTIONS = _words(
    "and but or as when while because that if where after before since although though which who whom whose so than "
    "then yet whether how why what until unless whereas something according"
)
THAT_TIME = _words("day night week month year morning afternoon evening same time much")
PRONOUNS = _words("he she they it i we you one")
AUTHOR = _words("i we you one")
DOCUMENTS = _words("report study survey poll inquiry investigation statement letter memo audit review filing paper")
NOT_PEOPLE = _words(
    "clock thermometer sign banner placard poster signs banners placards posters caption sticker label shirt t-shirt"
)

TITLES = _words(
    "mr mr. mrs mrs. ms ms. dr dr. prof. professor sir dame lord lady president vice-president vice deputy acting "
    "interim prime minister chancellor premier secretary sen. sen senator senators rep. rep representative "
    "congressman congresswoman gov. gov governor lt. mayor councillor councilman councilwoman gen. gen general col. "
    "col colonel capt. capt captain maj. major sgt. sgt sergeant lieutenant adm. admiral officer detective "
    "inspector superintendent chief king queen prince princess pope cardinal archbishop bishop rev. rev reverend "
    "father sister rabbi imam judge justice attorney speaker leader spokesman spokeswoman spokesperson director "
    "ambassador minister commissioner chairman chairwoman candidate coach foreign finance interior defence defense "
    "health education justice labour home treasury state former then-president ex-president first whip commander "
    "sheriff principal editor analyst economist engineer farmer special counsel adviser advisor US U.S. UK EU MP "
    "british american israeli russian french german democratic republican sens. reps. majority minority"
)
ORGANISATION = _words(
    "organization organisation institutes services organizations ministry party council street city university "
    "states house senate congress court department agency committee association union institute bank news times voice "
    "post journal press police army force forces office party group company inc. inc corp. corp ltd ltd. foundation "
    "church hospital school college centre center club league commission bureau board cross nations kingdom street "
    "avenue road bridge park airport republic county province island"
)
PLACE_OPENERS = _words(
    "new north south east west northern southern san los las saint st. fort mount lake el puerto great"
)
CROWD = _words(
    "police officials residents witnesses critics supporters analysts experts economists researchers scientists "
    "authorities investigators prosecutors lawyers activists campaigners doctors sources aides lawmakers "
    "republicans democrats people some many others observers opponents organisers organizers protesters rescuers "
    "neighbours neighbors relatives parents teachers students farmers soldiers rebels militants diplomats "
    "historians demonstrators"
)

TITLED_WORKS = _words(
    "film movie book novel song album show series episode article essay play musical painting documentary programme "
    "program podcast poem memoir titled entitled headlined single video sitcom comedy drama bestseller thriller "
    "track anthem hymn opera exhibition starred starring magazine column game"
)
NICKNAMED = _words("nicknamed aka alias")
# With nothing between them and the quotation these are participles: "a plan called “Dawn”".
OBJECT_NEEDED = _words(
    "called described dubbed branded labeled labelled characterised characterized referred accused deemed nicknamed "
    "hailed"
)
# "according to plan".
NOT_SOURCES = _words("plan plans law rules schedule whether how what custom tradition taste")
NAME_PARTICLES = _words("de da di do dos du del della van von der den bin ibn al el la le ben abu mac & and")
# Adjectives whose complement belongs to a role: "people familiar with the case".
WITH_COMPLEMENT = _words("familiar close loyal opposed")
# After "but" or "and" these are the journalist's account again.
DEEDS = _words("declined refused gave offered provided stopped walked left thanked")
# What follows "said" and begins no reported clause.
NO_CLAUSE = _words("to so nothing something goodbye thanks yes no hello sorry of about as little much more")
# In lower case even in a title.
SMALL = _words("a an the of in on at to for and or but with from by is")
COMMON_VERBS = _words("made make makes gave gives took takes got gets went came drew raised rejected set sets")
