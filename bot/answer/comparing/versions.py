"""Detects documents that say different things about the same subject, such as a moved date."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.answer.comparing.alignment import MOSTLY, Alignment, Pieces, may_be_alike
from bot.answer.comparing.facts import FACTS, Kind, Token, announces_change, is_draft, tokens_of
from bot.question.kinds import kind_of
from bot.types import Citation
from corpus.types import Span
from corpus.words import split_words, stems
from embeddings.index.passage_dates import days_of
from embeddings.types import Hit

_OPENS: Final = 30
"""A correction announces itself within this many characters of its start."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or list of a document, with data to tell which text it belongs to."""

    text: str
    start: int
    """Offset in the document."""
    document: str
    language: str
    title: str
    heading: str
    published: str | None
    around: str
    """The passage it is in."""
    times: tuple[tuple[str, str], ...] = ()
    """First and last day, ISO 8601, of the events the passage is about."""
    answer: Span | None = None
    """The reader's answer, as offsets into the document."""

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its words, names, figures and dates."""
        return tokens_of(self.text, self.language)


@dataclass(frozen=True, slots=True)
class Version:
    """A citation that differs from another version."""

    citation: Citation
    pieces: tuple[str, ...]
    """The texts in which it differs, verbatim."""


def statement_of(hit: Hit, unit: Span) -> Statement:
    """Return the statement at a span of a hit's passage."""
    passage, source = hit.passage, hit.source
    return Statement(
        text=passage.text[unit[0] - passage.start : unit[1] - passage.start],
        start=unit[0],
        document=source.path,
        language=source.language,
        title=source.title,
        heading=passage.heading,
        published=source.published,
        around=passage.text,
        times=passage.times,
        answer=hit.answer,
    )


def compare(one: Statement, other: Statement, question: str = "") -> Pieces | None:
    """Return where two nearly identical statements differ, as offsets into the documents.

    They may differ in a figure, date, name or "not", and hardly otherwise; for copies the result is
    empty. If one says that it corrects or changes the other, more may differ, but not the subject,
    and the difference must include the first one's answer. In copies of a text, or if only a few
    words differ, these may be any words: "open" and "closed". None if they are not nearly
    identical, or if the question itself names the difference and so says which version it means.
    """
    if not _may_be_versions(one, other):
        return None
    aligned = Alignment.of(one.tokens, other.tokens)
    pieces = _moved(aligned.pieces, one, other)
    if any(_names(question, one, mine) or _names(question, other, its) for mine, its in pieces):
        return None
    telling = tuple(pair for pair in pieces if not one.answer or _overlap(one.answer, pair[0]))
    if aligned.is_same_but_for_facts and pieces:
        return telling or pieces
    changes = announces_change(f"{one.title} {one.around} {other.title} {other.around}")
    if telling and changes and aligned.is_corrected:
        return telling
    if _is_reworded(one, other, aligned, question):
        return _moved(aligned.wording, one, other)
    return () if aligned.is_same_but_for_facts else None


def _may_be_versions(one: Statement, other: Statement) -> bool:
    if one.language != other.language or one.document == other.document:
        return False
    return may_be_alike(one.tokens, other.tokens) and _are_of_one_text(one, other)


def _is_reworded(one: Statement, other: Statement, aligned: Alignment, question: str) -> bool:
    """Whether two statements are versions of one, and differ in any words.

    A sentence that the other text has too was not changed, and two meetings are two matters. If the
    texts around them are no copies, little may differ, and nothing that the question names: "they
    bought a plough" is no version of "they bought a mower" for someone who asks about the mower.
    Whether it is open, however, is also answered by "it is closed".
    """
    two_events = one.times and other.times and one.times != other.times
    same = _topics(one) == _topics(other) and aligned.wording and not two_events
    if not same or one.text in other.around or other.text in one.around:
        return False
    if aligned.share < MOSTLY:
        return False
    if _share_surroundings(one, other):
        return True
    if not aligned.changes_one_thing:
        return False
    named = any(
        _names(question, one, mine, Kind.WORD) or _names(question, other, its, Kind.WORD)
        for mine, its in _moved(aligned.wording, one, other)
    )
    return not named or kind_of(question) == "yesno"


def _share_surroundings(one: Statement, other: Statement) -> bool:
    """Whether the text around two statements is mostly the same."""
    rests = [set(split_words(it.around.replace(it.text, " "))) for it in (one, other)]
    return len(rests[0] & rests[1]) >= MOSTLY * max(map(len, rests)) > 0


def is_newer(one: Statement, other: Statement) -> bool:
    """Whether a statement is known to be newer: by date, or as a correction of the other."""
    days, others = days_of(one.published), days_of(other.published)
    if days and others and (days[0] > others[1] or days[1] < others[0]):
        return days[0] > others[1]
    return _standing(one) > _standing(other)


def find_differing(citations: Sequence[Citation]) -> tuple[list[Version], bool]:
    """Return the citations that are versions of one text, and whether the first is the newest."""
    versions = [_version(one) for one in citations if one.differs_in]
    if len(versions) < 2:
        return [], False
    newest, *others = (_cited(one.citation) for one in versions)
    return versions, all(is_newer(newest, other) for other in others)


def _version(citation: Citation) -> Version:
    begin = citation.quote_start
    pieces = (citation.quote[start - begin : end - begin] for start, end in citation.differs_in)
    return Version(citation, tuple(pieces))


def _cited(citation: Citation) -> Statement:
    return Statement(
        text=citation.quote,
        start=citation.quote_start,
        document=citation.document,
        language=citation.language,
        title=citation.title,
        heading=citation.location,
        published=citation.published,
        around=citation.passage,
    )


def _standing(one: Statement) -> int:
    """Return 1 for a correction, -1 for a draft, otherwise 0."""
    head = f"{one.title} {one.text[:_OPENS]}"
    return announces_change(head) - is_draft(head)


def _are_of_one_text(one: Statement, other: Statement) -> bool:
    """Whether titles and headings allow two sentences to be versions of one text."""
    topics, others = _topics(one), _topics(other)
    if topics <= others or others <= topics:
        return True
    corrects = announces_change(f"{one.title} {one.text} {other.title} {other.text}")
    return corrects and bool(topics & others)


def _topics(one: Statement) -> set[str]:
    """Return the words of a title and headings, without figures and dates."""
    return {
        stem
        for part in (one.title, one.heading)
        for token in tokens_of(part, one.language)
        if token.kind in (Kind.WORD, Kind.NAME)
        for stem in stems(token.key, one.language)
    }


def _names(question: str, one: Statement, piece: Span, *more: Kind) -> bool:
    """Whether a question itself contains a fact in a piece of a sentence, or a word of `more`."""
    asked = {token.key for token in tokens_of(question, one.language)}
    said = tokens_of(one.text[piece[0] - one.start : piece[1] - one.start], one.language)
    return any(token.kind in (*FACTS, *more) and token.key in asked for token in said)


def _moved(pieces: Pieces, one: Statement, other: Statement) -> Pieces:
    """Return pieces of two sentences as offsets into the documents."""
    return tuple(
        (
            (mine[0] + one.start, mine[1] + one.start),
            (theirs[0] + other.start, theirs[1] + other.start),
        )
        for mine, theirs in pieces
    )


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
