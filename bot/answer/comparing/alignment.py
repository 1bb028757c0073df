"""Aligns two sentences word by word and finds where they differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Self, TypeAlias

from bot.answer.comparing.facts import FACTS, Kind, Token
from corpus.types import Span

_ALIKE: Final = 0.88
"""From this share of common words on, two sentences are the same apart from the facts that differ.
"""
MOSTLY: Final = 0.6
"""The same, as a share of the shorter one's words, if something else shows that they belong
together: one says that it changes the other, or the text around them is the same."""
_WORTH_ALIGNING: Final = 0.4
"""Below this share of the shorter one's words, in any order, sentences are not aligned."""
_FEWEST: Final = 2
"""Minimum number of common words for two sentences to be about the same thing."""
_CONTENT: Final = (*FACTS, Kind.WORD)

Pieces: TypeAlias = tuple[tuple[Span, Span], ...]
"""Corresponding spans that differ, as offsets into each sentence."""


@dataclass(frozen=True, slots=True)
class _Hunk:
    """A place where two token sequences differ."""

    mine: range
    theirs: range
    pieces: Pieces
    """The facts in it that correspond."""
    replaces: bool
    """Whether ordinary words differ before any fact does: the subject is a different one."""
    rewords: bool
    """Whether words that are not facts differ: "with" and "without"."""
    wording: tuple[Span, Span] | None
    """The words that differ, of any kind; None if they mean the same."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two sentences and their differences."""

    tokens: tuple[Token, ...]
    others: tuple[Token, ...]
    hunks: tuple[_Hunk, ...]

    @classmethod
    def of(cls, tokens: tuple[Token, ...], others: tuple[Token, ...]) -> Self:
        """Align two sentences."""
        keys, other_keys = ([one.key for one in row] for row in (tokens, others))
        hunks = (
            _hunk(tokens, others, range(start, end), range(begin, stop))
            for tag, start, end, begin, stop in SequenceMatcher(
                None, keys, other_keys, autojunk=False
            ).get_opcodes()
            if tag != "equal"
        )
        return cls(tokens, others, tuple(hunks))

    @property
    def pieces(self) -> Pieces:
        """The figures, dates, names and negations in which they differ."""
        return tuple(piece for hunk in self.hunks for piece in hunk.pieces)

    @property
    def is_same_but_for_facts(self) -> bool:
        """Whether they differ only in facts and a stray word."""
        if any(hunk.replaces for hunk in self.hunks) or self._common < _FEWEST:
            return False
        if any(hunk.rewords for hunk in self.hunks):
            return False
        return 2 * self._common >= _ALIKE * (2 * self._common + sum(self._stray))

    @property
    def is_corrected(self) -> bool:
        """Whether the other has most of the shorter one's words, on the same subject."""
        if any(hunk.replaces for hunk in self.hunks) or self._common < _FEWEST:
            return False
        return self._common >= MOSTLY * (self._common + min(self._stray))

    @property
    def wording(self) -> Pieces:
        """All differences: facts, and other words."""
        return tuple(
            piece
            for hunk in self.hunks
            for piece in (hunk.pieces if not hunk.replaces else ())
            or ((hunk.wording,) if hunk.wording else ())
        )

    @property
    def changes_one_thing(self) -> bool:
        """Whether one run of words alone differs, has no facts, and is not the subject."""
        if len(self.hunks) != 1 or self.pieces:
            return False
        (hunk,) = self.hunks
        return any(one.kind in _CONTENT for one in self.tokens[: hunk.mine.start])

    @property
    def share(self) -> float:
        """Share of all words, function words included, that both have in the same order."""
        every = len(self.tokens) + len(self.others)
        apart = sum(len(hunk.mine) + len(hunk.theirs) for hunk in self.hunks)
        return 1 - apart / every if every else 0.0

    @property
    def _common(self) -> int:
        """The number of content words that both have, in the same order."""
        apart = {place for hunk in self.hunks for place in hunk.mine}
        return sum(
            one.kind in _CONTENT and place not in apart for place, one in enumerate(self.tokens)
        )

    @property
    def _stray(self) -> tuple[int, int]:
        """The number of ordinary words that only one has, for each sentence."""
        return (
            sum(_ordinary(self.tokens, hunk.mine) for hunk in self.hunks),
            sum(_ordinary(self.others, hunk.theirs) for hunk in self.hunks),
        )


def may_be_alike(tokens: Sequence[Token], others: Sequence[Token]) -> bool:
    """Whether two sentences have enough words in common to be aligned."""
    keys, other_keys = (
        {one.key for one in row if one.kind in _CONTENT} for row in (tokens, others)
    )
    shorter = min(len(keys), len(other_keys))
    return len(keys & other_keys) >= _WORTH_ALIGNING * shorter > 0


def _hunk(tokens: Sequence[Token], others: Sequence[Token], mine: range, theirs: range) -> _Hunk:
    pieces = tuple(_pieces(tokens, others, mine, theirs))
    first, second = pieces[0] if pieces else (None, None)
    return _Hunk(
        mine,
        theirs,
        pieces,
        replaces=bool(_ordinary(tokens, mine, first) and _ordinary(others, theirs, second)),
        rewords=bool(mine and theirs and not pieces)
        and not _say_the_same(tokens[mine[0]], others[theirs[0]]),
        wording=_wording(tokens, others, mine, theirs),
    )


def _wording(
    tokens: Sequence[Token], others: Sequence[Token], mine: range, theirs: range
) -> tuple[Span, Span] | None:
    """Return the places of two runs of words; if one is empty, each with the word next to it."""
    if len(mine) == len(theirs) == 1 and _say_the_same(tokens[mine[0]], others[theirs[0]]):
        return None
    if not (mine and theirs):
        mine, theirs = _with_neighbour(tokens, mine), _with_neighbour(others, theirs)
    if not (mine and theirs):
        return None
    return (
        (tokens[mine[0]].span[0], tokens[mine[-1]].span[1]),
        (others[theirs[0]].span[0], others[theirs[-1]].span[1]),
    )


def _with_neighbour(tokens: Sequence[Token], places: range) -> range:
    """Return places with the next one, or with the one before if they are the last."""
    if places.stop < len(tokens):
        return range(places.start, places.stop + 1)
    return range(max(places.start - 1, 0), places.stop)


def _ordinary(tokens: Sequence[Token], places: range, until: Span | None = None) -> int:
    """Return the number of ordinary words among tokens, up to an offset."""
    return sum(
        tokens[place].kind is Kind.WORD and (until is None or tokens[place].span[0] < until[0])
        for place in places
    )


def _pieces(
    tokens: Sequence[Token], others: Sequence[Token], mine: range, theirs: range
) -> Iterator[tuple[Span, Span]]:
    """Yield the first fact of each kind with its counterpart; if none, a negation."""
    found = False
    for kind in FACTS:
        first, second = _first(tokens, mine, kind), _first(others, theirs, kind)
        if first is None or second is None or _say_the_same(tokens[first], others[second]):
            continue
        found = True
        yield _with_unit(tokens, first), _with_unit(others, second)
    if not found and _denies(tokens, mine) != _denies(others, theirs):
        denied = _with_denied(tokens, mine), _with_denied(others, theirs)
        if denied[0] and denied[1]:
            yield denied[0], denied[1]


def _first(tokens: Sequence[Token], places: range, kind: Kind) -> int | None:
    """Return the index of the first fact of a kind that is not retracted."""
    holding = (at for at in places if tokens[at].kind is kind and not tokens[at].is_retracted)
    return next(holding, None)


def _with_unit(tokens: Sequence[Token], place: int) -> Span:
    """Return the span of a fact; a figure includes the word after it, as in "220 kronor"."""
    start, end = tokens[place].span
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if tokens[place].kind is Kind.FIGURE and after and after.kind is Kind.WORD:
        end = after.span[1] if after.span[0] == end + 1 else end
    return start, end


def _say_the_same(one: Token, other: Token) -> bool:
    """Whether one date or name is a longer form of the other: "17 March 2025", "17 March"."""
    words, others = set(one.key.split()), set(other.key.split())
    return one.kind is not Kind.FIGURE and (words <= others or others <= words)


def _denies(tokens: Sequence[Token], places: range) -> bool:
    return any(tokens[place].kind is Kind.NEGATION for place in places)


def _with_denied(tokens: Sequence[Token], places: range) -> Span | None:
    """Return the span of a negation with the word it negates, or of the negation alone."""
    negations = (place for place in places if tokens[place].kind is Kind.NEGATION)
    first, last = next(negations, places.stop), min(places.stop, len(tokens) - 1)
    return (tokens[first].span[0], tokens[last].span[1]) if first <= last else None
