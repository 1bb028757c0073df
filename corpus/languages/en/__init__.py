"""English word lists."""

from typing import Final

from corpus.languages.base import Role, Words
from corpus.languages.en.follow_ups import FOLLOW_UPS
from corpus.languages.en.names import NAMES
from corpus.languages.en.pages import PAGES
from corpus.languages.en.questions import QUESTIONS
from corpus.languages.en.texts import TEXTS
from corpus.languages.en.times import TIMES

WORDS: Final = Words(
    times=TIMES,
    names=NAMES,
    texts=TEXTS,
    pages=PAGES,
    questions=QUESTIONS,
    follow_ups=FOLLOW_UPS,
    roles={
        Role.PRESENT: r"present|attend(?:ees?|ance|ed|ing|ants)?|participants?|participat(?:ed|ing)"
        r"|took part|roll|roll call|team members?|those (?:there|at the meeting)"
        r"|(?:in|on) the (?:room|call|meeting)",
        Role.ABSENT: r"absent|absentees|absence|absences|regrets|apologies|excused|missing"
        r"|unable to attend|sent apologies",
        Role.REMOTE: r"remote(?:ly)?|by phone|on the phone|online|call-?in|dial-?in|via zoom"
        r"|virtual(?:ly)?|by video|from afar",
        Role.GUEST: r"guests?|observers?|visitors?",
        Role.INVITED: r"invited|invitees?|summoned|invitations?",
        Role.SPEAKER: r"speakers?|presenters?|spoke",
        Role.FOR: r"(?:voted|voting|votes?) (?:for|in favou?r|yes)|in favou?r|ayes?|yeas?",
        Role.AGAINST: r"(?:voted|voting|votes?) (?:against|no)|against|opposed|nays?"
        r"|dissent(?:ed|ing)?",
        Role.ABSTAINED: r"abstain(?:ed|ing|s)?|abstentions?",
        Role.CHAIR: r"chair(?:man|woman|person|ed|s)?|presid(?:ed|ing)|in the chair",
        Role.VICE_CHAIR: r"(?:vice|deputy)[ -]chair(?:man|woman|person)?",
        Role.SECRETARY: r"secretary|note-? ?takers?|scribes?|minutes? (?:by|taken by|taker)"
        r"|recorder|(?:took|taking|kept) (?:the )?(?:notes|minutes)|clerk|notes by",
        Role.ADJUSTER: r"adjusters?|tellers?|scrutineers?",
        Role.TREASURER: r"treasurer",
    },
    labels={Role.PRESENT: r"with|who|people", Role.FOR: "for"},
    office=r"(?:vice[ -])?chair(?:man|woman|person)?|secretary|treasurer|(?:board )?member|deputy"
    r"|clerk|guest|observer",
    tells="had|has|have|was|were|sent|could|joined|attended|voted|abstained|dissented|objected",
    sent_by="from",
    asked={
        Role.PRESENT: r"(?:was|were)(?: (?:not|also|all|both|else|even|still))* (?:at|there|in)"
        r"|^(?:was|were) (?:[\w.-]+ ){1,4}(?:at|there)|came|come to|joined|showed up|met"
        r"|took part|went along|turned up",
        Role.ABSENT: r"missed|skipped|stayed away|could(?: not|n't) (?:come|make it|attend)"
        r"|did not (?:come|show|turn up)",
        Role.CHAIR: r"led|leads|ran",
        Role.AGAINST: r"said no",
        Role.FOR: r"said yes|supported|backed",
    },
    things=r"what|which|how (?:many|much)|(?:the )?number of",
    attending=r"people|persons?|\w*members?|participants?|attendees?|delegat(?:es?|ions?)|guests?"
    r"|representatives?|voters?|directors?|councill?ors?|trustees?|organi[sz]ations?|companies"
    r"|firms|countries|states|(?:associa|institu)tions?|parties|authorities|municipalities|agencies"
    r"|unions?|clubs?|schools?|teams?|groups?|volunteers?|children|employees|residents|students"
    r"|teachers|parents|speakers?|ministers?|visitors?|owners|women|men|of (?:them|us)",
    negation=r"not|cannot|\w+n['’]t|never",
    nobody=r"nobody|no one|nothing|neither",
    yes=frozenset("x [x] ☑ ☒ ✓ ✔ ✅ yes y present + 1 true".split()),
    no=frozenset(("[ ]", *"- – — [] ☐ no n absent 0 ✗ ❌ regrets false".split())),
    none_listed=r"(?:no(?:ne| ?one|body|t)|n/?a)(?: (?:recorded|noted|reported|present|absent))?",
    counting=r"how many|(?:the )?number of",
    latest=r"latest|last|most recent|newest",
    first=r"first|earliest|oldest",
    coming=r"next|upcoming|forthcoming|coming",
    event=r"meetings?|assembl(?:y|ies)|conferences?|sessions?|gatherings?|calls?|workshops?|seminars?",
    bare_event=r"meetings?|assembl(?:y|ies)|sessions?|gatherings?|calls?",
    plural=r"who (?:were|are|all|attended|took part)|which (?:[\w-]+ )?[\w-]+s|what are|list"
    r"|name (?:the|all)",
    after="after|later than",
    before="before|earlier than|prior to",
    changes=r"correct(?:ion|ions|ed)|corrigend(?:um|a)|errat(?:um|a)|updated?|revised|revision"
    r"|amended|amendment|changed|moved|postponed|brought forward|rescheduled|replaces|supersedes",
    draft=r"drafts?|preliminary",
    changed_from=("from",),
    changed_to=("to",),
    instead=r"instead of|rather than|in place of",
    partly=r"among (?:others|them)|including|such as|for example|e\.g\.|inter alia"
    r"|et al|and others",
    asks_price=r"(?:what|how much) (?:do|does|did|will|would) .{1,80} cost"
    r"|how much (?:is|are|was|were) (?:the|a|an) \w*(?: \w+)*?|what (?:is|was) the"
    r" (?:(?:\w+ )?(?:price|cost|fee|rent|fare))|how expensive",
    asks_phone=r"(?:tele)?phone numbers?|which number (?:do|can|should) \w+ (?:call|ring)",
    asks_mail=r"e-?mail(?: address)?",
    asks_year=r"(?:what|which) year",
    free=r"free|no charge|no fee|without charge|costs? nothing",
    money=r"pounds?|pence|dollars?|euros?|cents?|million|billion|kronor|krona|gbp|usd|eur|sek|[kmb]n",
    measures=r"percent|per cent|days?|weeks?|months?|years?|hours?|minutes?|people|persons?|seats?"
    r"|met(?:re|er)s?|square|feet|foot|miles?|kilomet(?:re|er)s?|litres?|hectares?|acres?",
)
