"""Whose judgement a mention stands in: hand-written cases, and what must hold for any text.

In a case `[words]` is a mention and `[words|judge]` one that somebody else judges; `[words]{id}` gives it its actor.
"""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.actors.mention import How, Mention
from framing.actors.reported import judges
from framing.article import Article, Document, Span, Voice
from framing.text import article_of

MENTION = re.compile(r"\[(?P<words>[^\]|]+)(?:\|(?P<judge>[^\]]*))?\](?:\{(?P<actor>\w+)\})?")
PRONOUNS = {"he", "she", "it", "they", "him", "her", "them", "his", "its", "their"}

JUDGED = """
The minister accused [Israel|minister] of helping [Hamas|minister].
[Turkey] accused [Israel|Turkey] and the [US|Turkey] of war crimes.
[Turkey] has repeatedly accused [Israel|Turkey], the [US|Turkey] and [France|Turkey] of arming [Kurdish|Turkey] rebels.
Critics blamed [Ruiz|Critics] for the failure of the talks.
[Iran] blamed the attack on [Israel|Iran].
Senator Cole condemned [Hamas|Cole] on Monday.
[Amnesty International] denounced [Egypt|Amnesty International] over the arrests.
[Trump] slammed [Merkel|Trump] for letting [Putin|Trump] off the hook.
[Democrats] criticised [Trump|Democrats] over his call with [Zelensky|Democrats].
[Moscow] lambasted [Nato|Moscow] as a relic of the Cold War.
[Abbas] has lashed out at [Netanyahu|Abbas] over the new settlements.
The senator railed against [Google|senator] in a long speech in [Texas].
The pope praised [Colombia|pope] for taking in refugees.
[Putin] hailed [Assad|Putin] and thanked [Iran|Putin].
[Republicans] applauded [Gorsuch|Republicans], but [Democrats] left the room.
[Graham] defended [Kavanaugh|Graham] on Tuesday.
[Cole] called [Ruiz|Cole] a liar.
[Cole] called [Ruiz|Cole] a puppet of [Putin|Cole].
[Cole] has branded [Ruiz|Cole] a traitor.
Activists labelled [Shell|Activists] the worst polluter in [Nigeria|Activists], calling for a boycott.
The regime describes the [Brotherhood|regime] as terrorists.
[Orban] portrays [Soros|Orban] as an enemy of [Hungary|Orban].
[Clinton] compared [Trump|Clinton] to [Mussolini|Clinton].
[Ruiz|Democrats] was accused by [Democrats] of lying.
[Ruiz|Democrats] was accused of lying by [Democrats].
[Ruiz|unnamed] has been accused of taking money from [Russia|unnamed].
[Israel|unnamed] faces accusations of genocide in [Gaza|unnamed].
[Facebook|lawmakers] has come under fire from lawmakers for failing users.
[Ruiz|Cole], whom [Cole] accused of fraud, denied everything.
[Ruiz|unnamed], who has been accused of fraud, met [Cole].
[Ruiz|unnamed], accused of fraud, resigned on Friday.
[Cole], who accused [Ruiz|Cole] of fraud, resigned on Friday.
[Cole] resigned on Friday, accusing [Ruiz|Cole] of fraud.
Accusing [Ruiz|Cole] of fraud, [Cole] resigned on Friday.
[Cole] did not accuse [Ruiz|Cole] of fraud.
[Cole] refused to condemn [Putin|Cole].
[May] urged [Corbyn] to condemn [Hamas|Corbyn].
[Cole]’s criticism of [Ruiz|Cole] went unanswered.
[Cole]’s latest accusations against [Ruiz|Cole] were aired on Sunday.
The ministry rejected accusations by [Kenya] that [Somalia|Kenya] had moved the border.
There has been widespread criticism of [Ruiz|unnamed] since the vote in [Spain].
Allegations that [Russia|unnamed] interfered in the vote have been denied.
The mayor expressed admiration for [Ruiz|mayor].
[Ruiz] paid tribute to [Cole|Ruiz] at the funeral.
[Merkel] took aim at [Trump|Merkel] in a speech in [Munich].
[Merkel] launched a scathing attack on [Trump|Merkel].
[Cole] attacked [Ruiz|Cole] for hiding her taxes.
[Russia|unnamed] allegedly paid [Ruiz|unnamed] for the files.
[Ruiz|unnamed], who allegedly met a spy, resigned.
[Ruiz|unnamed] is alleged to have killed [Cole|unnamed].
[Ruiz|unnamed] is suspected of fraud.
The court heard of the alleged abuse by [Ruiz|unnamed].
Police arrested three suspected [Hamas|unnamed] members.
[Ruiz|unnamed] is seen as an ally of [Putin|unnamed].
The [EU] holds [Serbia|EU] responsible for the clashes.
[Cole] suspects [Ruiz|Cole] of fraud.
The report faulted [Boeing|report] for the crash.
[Ruiz] said nothing. [She]{ruiz} accused [Cole|Ruiz] of fraud.
[Cole] dismissed [Ruiz|Cole] as a clown.
[Cole] referred to [Ruiz|Cole] as a clown.
[Ruiz|Cole] was described by [Cole] as a clown.
[Cole] accused [Ruiz|Cole], his former deputy, of fraud.
[Cole] accused [Ruiz|Cole], who met [Orban] last week, of fraud.
[Cole] condemned [Israel|Cole]’s strikes on [Gaza|Cole].
[Cole] credited [Ruiz|Cole] with saving the deal.
[Cole] said on Friday that he would go, and criticised [Ruiz|Cole].
[Cole] praised [Ruiz|Cole] and met [Orban] in [Vienna].
[Ruiz|unnamed]’s government has been widely condemned.
The talks were overshadowed by [Cole]’s accusation that [Ruiz|Cole] had lied.
[Cole] criticised [Ruiz|Cole] because she had praised [Orban|Cole].
[Cole] called [Ruiz|Cole] “a liar”.
[Cole] accused the company of bribing [Ruiz|Cole] and threatening [Orban|Cole].
[Cole] criticised several leaders, including [Ruiz|Cole].
[Cole] criticised leaders such as [Ruiz|Cole] and [Orban|Cole].
[Cole] tweeted a picture on Friday, slamming [Ruiz|Cole].
[Israel] and the [US] have condemned [Iran|US].
[Cole] was critical of [Ruiz|Cole] in the debate.
[Cole] called [Ruiz|Cole] out for lying.
[Ruiz|unnamed] was subject to harsh criticism over her past.
A senator praising [Iran|senator] left the room.
The host, Jemele Hill, left after calling [Ruiz|host] a bigot.
A mayor blaming [Ruiz|mayor] was heard on the radio.
He quoted the nation [Reagan] once described as a city.
The group the [US] has accused of bombing [Iran|US] fled.
[Cole] compared [Ruiz|Cole] to a thief and met [Orban].
[Cole] called [Ruiz|Cole] a “disgrace,” and [Orban] left.
[Cole] blasted [Ruiz|Cole], and they met [Orban].
[Cole] defended [his]{cole} vote.
[Cole] declared [his]{ruiz} admiration for [Ruiz|unnamed].
In [Geneva], [Cole] ridiculed him before his peers, [Ruiz] and others told reporters.
[Cole] accused [Ruiz|Cole] at a rally in [Vienna] of taking bribes.
[Cole] condemned [Iran|Cole], [Syria|Cole], [Iraq|Cole] and [Libya|Cole] on Friday.
[Cole] accused them of backing [Iran|Cole], [Syria|Cole] and [Libya|Cole].
[Cole] condemned [Iran|Cole], and [Syria] vowed revenge.
[Cole] criticised [Ruiz|Cole] and was joined by [Orban].
[Cole] condemned [Ruiz|Cole] and jailed her brother in [Minsk].
[Cole] condemned [Ruiz|Cole], praised [Orban|Cole] and left.
[Cole] blasted [Iran|Cole]-backed armed groups.
[Cole] criticised what [Ruiz|Cole] had done in [Minsk|Cole].
The plan met with Democrats’ criticism of [Ruiz|Democrats].
There was Russian criticism of [Ruiz|Russian] at the time.
[Ruiz|officials] is believed by officials to have met [Cole|officials].
[Ruiz|Cole] was called a liar by [Cole].
[Ruiz|Cole], called a liar by [Cole], left the room.
[Cole] lashed out angrily at [Ruiz|Cole].
[Israel|unnamed] and the [US|unnamed] have been accused of war crimes.
[Israel|unnamed], the [US|unnamed] and [Britain|unnamed] have been accused of war crimes.
[Cole] condemned the government of [Ruiz|Cole] – and [Orban] laughed.
[Cole] accused [Ruiz|Cole] of helping rebels who had attacked [Turkey|Cole].
[Cole] denounced [Ruiz|Cole] while [Orban] watched.
While [Ruiz] stayed on and blasted [Cole|Ruiz], the talks went on.
[Ruiz] dropped a word that is used for blaming [Cole|unnamed].
It was a harsh speech, accusing [Ruiz|unnamed] of fraud.
They accused [Ruiz|unnamed] of fraud.
[Ruiz] knew that [Cole] would go on to an issue [he]{cole} described as hard on [Iran|Cole].
[Cole] took issue with [Ruiz|Cole] over the bridge.
[Cole] found fault with [Ruiz|Cole].
[Iran] hit back at [Israel|Iran] by closing the border to [Iraq].
The [Times] reports on the allegations against [Ruiz|unnamed], and the [Post] and the [Herald] have followed.
"""
FREE = """
[Israel] attacked [Gaza] on Monday.
[Ruiz] called [Cole] on Monday.
[Ruiz] called [Cole] to offer a deal.
[Ruiz] called for talks with [Iran].
[Ruiz] called on [Israel] to stop.
[Hamas] attacked [Israel] at dawn.
The judge condemned [Ruiz] to death.
Thanks to [Ruiz], the bridge is open.
[Ruiz] credits her mother.
I blame [Ruiz] for this.
We condemn [Hamas] and all it stands for.
My criticism of [Ruiz] still stands.
Blame [Ruiz] for the mess.
It is easy to criticise [Ruiz].
[Ruiz] is to blame.
[Ruiz] is responsible for the deaths.
An attack on [Israel] killed two people.
The blast in [Gaza] killed two people.
[Ruiz] fired [Cole] on Tuesday.
[Ruiz] dismissed [Cole] on Tuesday.
[Ruiz] described the meeting with [Cole].
The army defended [Kyiv] against [Russian] troops.
[France] will defend [Taiwan].
[Ruiz] compared notes.
[Ruiz] considered [Cole].
[Ruiz] saw [Cole] in [Vienna].
The accused met [Ruiz].
[Ruiz] denied the accusations.
[Ruiz] rejected criticism from [Cole].
[Ruiz] lied to [Cole].
[Ruiz] was attacked by [Cole].
[Ruiz] took aim at the target.
[Ruiz] hit back at dawn.
[Ruiz] targets [Hamas] leaders.
[Ruiz] thought of [Vienna].
[Ruiz] came under fire in [Mosul].
[Ruiz] won the election as [Cole] lost.
[Ruiz] sent a message to [Cole] after the vote.
[Cole] says hello.
The charges against [Ruiz] were dropped.
[Ruiz] is known as the Iron Lady.
And who could blame [Ruiz]?
It was an issue I described as hard on [Iran].
[Ruiz], once seen as strong, is failing.
[Ruiz] is defending [Kyiv].
My own accusations against [Ruiz] were wrong.
[Ruiz] is critical to [Cole].
[Ruiz] is said.
They made clear the issue with [Ruiz].
[Ruiz] hailed a cab to [Vienna].
A light casts a shadow of [Ruiz] as the candidate speaks.
The allegations of [Ruiz] rang true.
[Ruiz] held a meeting in [Vienna].
[Ruiz] holds a seat in the [Senate].
[Ruiz] considered making a bid for the [Senate].
[Hamas] launched an attack on [Israel].
It’s not enough to thank [Ruiz].
Years ago I trashed [Ruiz] and her plan.
Our report called [Ruiz] a liar.
[Ruiz] can be blamed for those things.
She faces charges in [Vienna].
The plan is a rebuke to [Ruiz].
[Ruiz], who is ill, called the plan a risk.
The book was praised.
"""


def lines(table: str) -> list[str]:
    return [line for line in table.strip().splitlines() if line]


def read(marked: str, title: bool = False) -> tuple[Article, list[Mention], list[str | None]]:
    """The article of a marked text, its mentions, and their expected judges."""
    plain, at, spans = "", 0, []
    for match in MENTION.finditer(marked):
        plain += marked[at : match.start()]
        spans.append((Span(len(plain), len(plain) + len(match["words"])), match["actor"], match["judge"]))
        plain += match["words"]
        at = match.end()
    plain += marked[at:]
    article = article_of(Document("case", plain, has_title=title), force=True)
    mentions = [mention(article, span, actor) for span, actor, _ in spans]
    return article, mentions, [judge for _, _, judge in spans]


def mention(article: Article, span: Span, actor: str | None) -> Mention:
    words = span.of(article.text)
    places = [(-1, article.title)] if article.title else []
    places += list(enumerate(article.sentences))
    number = next(at for at, sentence in places if sentence is not None and sentence.span.contains(span))
    how = How.PRONOUN if words.lower() in PRONOUNS else How.NAME
    return Mention(actor or words.lower(), span, number, article.voice_at(span), how)


def said(article: Article, mentions: list[Mention]) -> list[str | None]:
    found = judges(article, mentions)
    assert [replace(one, judge=None) for one in found] == mentions
    return [one.judge for one in found]


@pytest.mark.parametrize("case", lines(JUDGED))
def test_a_judgement_is_given_to_whoever_makes_it(case: str) -> None:
    article, mentions, expected = read(case)
    assert said(article, mentions) == expected


@pytest.mark.parametrize("case", lines(FREE))
def test_the_journalists_own_account_has_no_judge(case: str) -> None:
    article, mentions, _ = read(case)
    assert said(article, mentions) == [None] * len(mentions)


WORDS = [
    "Ruiz", "the mayor", "Critics", "who", "I", "It’s", "accused", "accuses", "accusing", "of", "by", "for", "as",
    "called", "was", "has been", "to", "and", ",", ".", ":", "—", "“", "”", "(", ")", "criticism", "faces", "allegedly",
    "alleged", "lashed", "out", "at", "blame", "on", "that", "which", "a liar", "her", "’s", "said", "thought", "under",
    "fire", "attack", "because", "-",
]  # fmt: skip


def marked(text: str) -> tuple[Article, list[Mention]]:
    """An article of any words, each name in it a mention."""
    article = article_of(Document("any", text), force=True)
    found = [Span(*match.span()) for match in re.finditer(r"Ruiz|mayor|Critics|her", text)]
    inside = [span for span in found if any(one.span.contains(span) for one in article.all_sentences())]
    return article, [mention(article, span, None) for span in inside]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join))
def test_any_mixture_of_words_is_read_and_only_the_journalists_mentions_get_a_judge(words: str) -> None:
    article, mentions = marked(f"Ruiz met us here. {words} . The bridge is open again.")
    found = judges(article, mentions)
    assert [replace(one, judge=None) for one in found] == mentions
    assert all(one.judge is None or (one.judge.strip() and one.voice is Voice.JOURNALIST) for one in found)


@given(
    st.sampled_from(lines(JUDGED)), st.sampled_from(["Ruiz met Cole.", "The bridge is open.", "“It rains,” she said."])
)
def test_a_judge_is_found_whatever_sentence_stands_after(case: str, following: str) -> None:
    article, mentions, expected = read(f"{case} {following}")
    assert said(article, mentions)[: len(expected)] == expected


def test_a_headline_in_capitals_is_read_like_any_other_sentence() -> None:
    body = "The council met on Monday to talk about the bridge and the road. " * 4
    text = f"[Cole] Slams [Ruiz|Cole] Over Bridge\n\n{body}"
    article, mentions, expected = read(text, title=True)
    assert said(article, mentions) == expected


def test_a_mention_in_quoted_voice_never_gets_a_judge() -> None:
    article, mentions, _ = read("“[Cole] accused [Ruiz] of fraud,” a clerk said. Officials said [Cole] blamed [Ruiz].")
    assert {one.voice for one in mentions} == {Voice.QUOTED}
    assert said(article, mentions) == [None] * 4
