"""Lines that tell by themselves that they are not prose.

A pattern must be sure: it is anchored, bounded in words, and wants two signs where one also occurs in prose. The
patterns come from reading the lines that recur across the 34,974 articles of article_bias (Baly et al. 2020).
"""

import re
from dataclasses import dataclass
from functools import cache

from framing.text.lines import BULLET
from framing.text.reasons import Reason

# Marks that may stand before a pattern; a quotation mark is not among them, so quoted speech is never boilerplate.
START = r"[^\w\"“”‘’'@$]*"
AGENCY = (
    r"(?-i:AP|AFP|EPA|PA|UPI|Reuters|REUTERS|Getty(?: Images)?|GETTY|Bloomberg|Shutterstock|Alamy|iStock|Pixabay"
    r"|Unsplash)"
)
NAME = r"(?:[A-Z][\w.’'-]*|de|del|der|van|von|bin|al)(?:\s+(?:[A-Z][\w.’'-]*|de|del|der|van|von|bin|al)){1,3}"
MOST_WORDS = 90
# Longer lines are left alone whatever they hold: some patterns take time that grows with the square of the length.
MOST_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason and its lines: at most `words` words, beginning as one of `starts` or being all of one of `wholes`."""

    reason: Reason
    words: int
    starts: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()

    def matches(self, text: str, n_words: int) -> bool:
        """Whether a line, without its bullet and emphasis, is of this rule's kind."""
        return n_words <= self.words and _compiled(self).match(text) is not None


RULES = (
    Rule(Reason.SEPARATOR, 20, wholes=(r"",)),
    Rule(Reason.CLOSE, 3, wholes=(r"(?:x |click to )?(?:close|dismiss)(?: x)?",)),
    Rule(
        Reason.VIEW_COUNT,
        14,
        wholes=(
            r"(?:admin\W+)?(?:(?:[\d.,]+ ?[km]?\+? (?:views?|reads?|shares?|likes?|comments?|hits)"
            r"|comments? ?\([\d,.]+\))\W*)+",
        ),
    ),
    Rule(
        Reason.ADVERTISEMENT,
        16,
        wholes=(
            r"(?:(?:skip )?(?:advertisements?|adverts?|ads?)\W*|(?:sponsored|promoted|paid)(?: content)?\W*"
            r"|(?:story|article|post) continue[sd] (?:below|after)"
            r"(?: (?:this )?(?:ad|advertisement|video|graphic|map|photo))?\W*"
            r"|continue reading(?: the main story| below)?\W*)+",
        ),
    ),
    Rule(
        Reason.MENU,
        4,
        wholes=(
            r"skip to (?:main )?content|(?:toggle |open |main )?(?:menu|navigation)|back to top|home|search|loading",
            r"log ?in|sign in|subscribe|register|comments?|print|view all|show more|load more|story highlights",
            r"opinion|commentary|editorial|analysis|analysis/opinion|exclusive|breaking(?: news)?",
        ),
    ),
    Rule(
        Reason.CAPTION,
        MOST_WORDS,
        starts=(
            r"(?:image|photo|picture|media|video|figure)s? ?(?:caption|copyright)\b",
            r"(?<=[\[(])\s*(?:images?|photos?|pictures?|video|caption|graphic|chart)\s*:",
            r"(?:file )?(?:photos?|images?|pictures?|photograph) ?(?::|by (?-i:[A-Z]))",
            r"(?-i:CLOSE [A-Z])|enlarge this image\b|toggle caption\b|hide caption\b|pictured ?:",
            r"media playback is (?:un|not )supported|(?:next|prev) image \d+ of \d+|slideshow \(\d+",
        ),
        wholes=(r"photo|image|video",),
    ),
    Rule(
        Reason.CAPTION,
        80,
        starts=(
            r"(?!.*”\s*$).*(?:[(|]|\.\s*)\s*(?:(?:photo(?:graph)?s?|pictures?|images?"
            r"|illustration)(?: credit)?\s*(?:by|:)"
            r"|photographer ?:|credit\s*:|AGENCY (?:photo|images)\b|photo\b)[^.]{2,60}\.?\W*$",
            r".*(?:[/|]\s*(?:the )?AGENCY(?:\s*(?:and|&|,|/)\s*AGENCY)*|(?-i:REUTERS)/[\w.'’ -]+)(?: photos?| images"
            r"| via [\w ]+)?(?:/file photo|, file)?[)\]]*$",
            r".*\((?:AGENCY photos?|getty images|shutterstock|alamy|istock|pixabay|unsplash)\b[^)]{0,60}\)\W*$",
            r".*\b(?:getty images\W*$|hide caption\b)",
        ),
    ),
    Rule(
        Reason.CREDIT,
        40,
        starts=(
            r"(?:additional |with )?(?:reporting|assistance) (?:by|from) |with files from |writing by "
            r"|contributing ?:",
            r"(?:photo|image|picture)s? (?:credit|courtesy)",
            r".{2,120} contributed (?:reporting )?to this (?:report|story|article|post|piece)\b",
        ),
        wholes=(
            r"[\w .'’-]{3,30}/ ?AGENCY\b.{0,12}",
            r".{2,80} contributed reporting",
            r"source ?: ?(?:AGENCY|the associated press)|(?:the )?associated press|with (?:\w+ )?wires?",
        ),
    ),
    Rule(
        Reason.COPYRIGHT,
        MOST_WORDS,
        starts=(
            r"©|\(c\) |copyright\b(?=.{0,12}(?:©|\(c\)|\d{4}))|all rights reserved|this material may not be",
            r"content created by .{3,60} available without charge",
            r"this is a rush transcript|npr transcripts are created",
        ),
    ),
    Rule(
        Reason.DISCLAIMER,
        80,
        starts=(
            r"(?:editor['’]s note ?:? )?(?:the )?(?:views|opinions)(?: and opinions)? (?:expressed|in this"
            r"|of the author|above)"
            r".{0,120}\b(?:author|own|those of|columnist|contributor|not necessarily)",
            r"(?:this|the) (?:article|column|piece|essay|commentary) (?:represents|reflects) the (?:views|opinions)",
        ),
    ),
    Rule(
        Reason.COOKIE_NOTICE,
        60,
        starts=(
            r"(?:we|this (?:site|website)|our (?:site|website|partners)|by (?:using|clicking|continuing)|accept"
            r"|cookies?\b"
            r"|manage|your privacy)(?=.*\b(?:cookies?|privacy)\b)(?=.*\b(?:accept|experience|consent|settings"
            r"|polic(?:y|ies)|preferences|agree)\b)",
            r"we value your privacy\b|this site is protected by recaptcha",
        ),
        wholes=(r"(?:accept|reject|manage)(?: all)? cookies",),
    ),
    Rule(
        Reason.NEWSLETTER,
        MOST_WORDS,
        starts=(
            r"(?:please )?(?:sign[ -]?up|subscribe|get|want|receive|join|daily|let|the best of"
            r"|breaking news alerts)\b"
            r"(?=.*\b(?:newsletters?|inbox|e-?mail alerts?|mailing list|morning brief|briefing|weekly letter"
            r"|by e-?mail"
            r"|unsubscribe)\b)(?=.*\b(?:your?|our|us|sign|subscribe|unsubscribe|free|here|today)\b)",
            r"newsletter sign[ -]?up|manage newsletters|.{0,60}newsletter (?:email )?sign up\b",
            r"sign up for (?:the |our |daily |weekly )*\w* ?newsletters?\b",
        ),
        wholes=(r".{0,60}\b(?:get|delivered|sign up) .{0,60}\b(?:to|in|into) your inbox",),
    ),
    Rule(
        Reason.SHARE,
        14,
        wholes=(
            r"(?=.*\b(?:share|tweet|e-?mail|print|save|listen|facebook|twitter|whats ?app|copy link|youtube)\b)"
            r"(?:(?:share|tweet|e-?mail|print|save|listen|post|pin|bookmark|gift|copy(?: link)?|link copied"
            r"|facebook|twitter"
            r"|x|whats ?app|linked ?in|reddit|pinterest|flipboard|telegram|messenger|bluesky|threads|youtube"
            r"|instagram|rss"
            r"|comments?|play|this|article|story|page|on|via|to|it|with|\d+)\b\W*)+",
        ),
    ),
    Rule(
        Reason.SHARE,
        25,
        starts=(
            r"(?:follow|like|join|find|connect with)\b(?!.*\b(?:said|says|told)\b)"
            r"(?=.*(?:@\w|\bon (?:twitter|facebook|instagram|x\b|youtube|threads|bluesky)|\bfacebook\.com))",
            r"read or share this\b",
        ),
        wholes=(r"(?:https?://|www\.)\S+",),
    ),
    Rule(
        Reason.RELATED_LINK,
        40,
        starts=(
            r"(?-i:READ)\s*:\s*\S",
            r"(?:read (?:on|more|also|next|the full .{2,30})|see (?:also|more)|also (?:read|on \w+)"
            r"|related(?: (?:stories"
            r"|articles|links?|coverage|content|news|reading))?|recommended(?: (?:for you|stories|reading))?|more"
            r"|(?:more|most) (?:read|popular)|more (?:stories|from|on this|coverage)|further reading|don['’]t miss"
            r"|you (?:may|might) also (?:like|be interested in)|trending(?: now)?|top stories|go deeper|listen"
            r"|watch|video"
            r"|photos?|gallery|slideshow|in pictures|must read)\s*[:|»>]\s*\S",
        ),
    ),
    Rule(
        Reason.RELATED_LINK,
        14,
        starts=(
            r"(?:click (?:here|for|to)|watch the latest video|get the .{2,30} app|tap here|continue reading)\b"
            r"(?!.*\b(?:said|says)\b)",
            r"visit .{3,40} for more\b",
            r"read (?:more|the full story|full article|the rest)\b (?:here|at|on|of)\b",
        ),
    ),
    Rule(
        Reason.RELATED_LINK,
        60,
        starts=(r"(?-i:JUST WATCHED|MUST WATCH)\b|just watched\b.*\breplay\b",),
        wholes=(r"(?:replay )?more videos|replay",),
    ),
    Rule(
        Reason.RELATED_LINK,
        22,
        starts=(r"(?!.*[.…][\"”’)]?\s*read more\W*$).{3,}\s(?-i:R(?:ead [Mm]ore|EAD MORE))[^\w\"“”‘’']*$",),
    ),
    Rule(
        Reason.SHARE,
        60,
        starts=(r"(?!.*\.[\"”’)]?\s+listen\b\W*\d).*\b(?-i:L(?:isten|ISTEN))\s*·\s*[\d:]{4,8}(?:\s+[\d:]{4,8})?\W*$",),
    ),
    Rule(
        Reason.LANGUAGE_MODEL_RESIDUE,
        80,
        starts=(
            r"(?:if you(?:['’]d| would)? (?:need|want|like|prefer|have)|let me know|feel free|please let me know"
            r"|would you"
            r" like me|i hope this|i can also|i['’]d be happy|is there anything else)\b(?=.*\b(?:let me know"
            r"|feel free to (?:ask"
            r"|reach)|like me to|(?:i|i['’]d) (?:can|could|would|be happy|also)|happy to help|anything else"
            r"|helps)\b)",
            r"(?:(?:certainly|sure|of course|absolutely|great)[!,.] )?(?:here(?: is| are|['’]s)|below is) (?:an?"
            r"|the|your|my"
            r"|some)\b.{0,60}\b(?:version|rewrite|draft|article|summary|rephras\w+|revision|headlines?"
            r"|post)\b.{0,80}[:!]\W*$",
            r"as an? (?:ai|artificial intelligence)\b.{0,20}(?:model|assistant)|as of my (?:last|knowledge)",
            r"i(?:['’]m| am) sorry, but i (?:can(?:not|['’]t)|am unable|am not able)|i can(?:not|['’]t) (?:fulfil"
            r"|comply with)",
            r"(?:note|disclaimer) ?: ?this (?:article|text|content|summary) (?:was|is"
            r"|has been) (?:\w+ )?(?:generated|written"
            r"|fictional|created)",
        ),
        wholes=(
            r"(?<=\[)(?:insert|your|author|publication|company|date|name|source)\b[^\]]{0,40}\]",
            r"word count ?: ?\d+",
        ),
    ),
    Rule(
        Reason.CALL_TO_READERS,
        40,
        starts=(
            r"(?:(?:were you|do you have|have you|got a|are you|did you|what do you)\b.*\?.*"
            r"|(?:please )?(?:e-?mail|contact"
            r"|write to|send|reach|call|text)\b.{0,80})(?:[\w.+-]+@[\w-]+\.\w+|\bcontact us\b|\bget in touch\b)",
            r"to (?:read more|submit|respond)\b.{0,60}\b(?:letters?|editorials?|opinion)\b",
        ),
        wholes=(r"[\w.+-]+@[\w-]+\.\w+",),
    ),
)

# Two different ones are wanted: each alone also occurs in prose.
BEGGING = (
    r"\bbecome an? (?:\w+ )?(?:member|supporter|subscriber|patron)\b",
    r"\b(?:donate|make a donation|chip in|contribute) (?:now|today|here|to us|\$)",
    r"\b(?:subscribe|sign up|join) (?:now|today|here|to our|to get|for (?:our|as little))\b",
    r"\bour (?:journalism|reporting|newsroom|readers|subscribers|members|mission|work)\b",
    r"\bsupport (?:our|us|independent|quality|progressive|vox|this)\b",
    r"\b(?:reader|listener)[- ](?:supported|funded)\b|\b(?:takes|carries) no advertis|\bno paywall\b|\bfree trial\b",
    r"\bcancel (?:at )?any ?time\b|\bunsubscribe\b|\bprivacy policy\b|\bterms of (?:use|service)\b|\byour inbox\b",
    r"\b(?:a|per|/) ?month\b.{0,20}$|\bpromotional offers\b|\bspecial offer\b",
)


def reason_of(text: str) -> Reason | None:
    """Why a line is not prose, judged by itself; None when it may be."""
    if len(text) > MOST_CHARACTERS:
        return None
    bullet = BULLET.match(text)
    bare = text[bullet.end() if bullet else 0 :].strip("*_# \t") or text
    n_words = len(bare.split())
    for rule in RULES:
        if rule.matches(bare, n_words):
            return rule.reason
    return Reason.SUBSCRIPTION if n_words <= MOST_WORDS and _begs(bare) else None


def _begs(text: str) -> bool:
    lower = text.lower()
    if re.search(r"\b(?:our|us|we|your?)\b", lower) is None:
        return False
    return sum(re.search(sign, lower) is not None for sign in BEGGING) >= 2


@cache
def _compiled(rule: Rule) -> re.Pattern[str]:
    patterns = [*rule.starts, *(rf"(?:{whole})[\W_]*$" for whole in rule.wholes)]
    return re.compile(f"{START}(?:{'|'.join(patterns)})".replace("AGENCY", AGENCY), re.IGNORECASE)
