"""Two sentences laid side by side, word by word, to see where they differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Self, TypeAlias

from bot.answer.comparing.facts import FACTS, Kind, Token
from corpus.types import Span

_ALIKE: Final = 0.88
"""Share of words in common from which two sentences are the same but for what differs."""
_CORRECTED: Final = 0.6
"""The same, of the shorter one's words, where one of them says that it changes the other."""
_WORTH_ALIGNING: Final = 0.4
"""Share of the shorter one's words, in whatever order, below which they are not compared."""
_FEWEST: Final = 2
"""Words in common from which two sentences may be of one matter."""
_CONTENT: Final = (*FACTS, Kind.WORD)

Pieces: TypeAlias = tuple[tuple[Span, Span], ...]
"""What stands against each other, as offsets into the one sentence and the other."""


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Where two rows of tokens differ."""

    mine: range
    theirs: range
    pieces: Pieces
    """The facts that stand against each other in it."""
    replaces: bool
    """Whether ordinary words stand against each other before any fact does: another subject."""
    rewords: bool
    """Whether words stand against each other that are no facts: "with" and "without"."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two sentences with where they differ."""

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
        """Whether they are the same but for facts and a stray word."""
        if any(hunk.replaces for hunk in self.hunks) or self._common < _FEWEST:
            return False
        if any(hunk.rewords for hunk in self.hunks):
            return False
        return 2 * self._common >= _ALIKE * (2 * self._common + sum(self._stray))

    @property
    def is_corrected(self) -> bool:
        """Whether most of the shorter one stands in the other, said of the same subject."""
        if any(hunk.replaces for hunk in self.hunks) or self._common < _FEWEST:
            return False
        return self._common >= _CORRECTED * (self._common + min(self._stray))

    @property
    def _common(self) -> int:
        """How many words with matter stand in both, in the same order."""
        apart = {place for hunk in self.hunks for place in hunk.mine}
        return sum(
            one.kind in _CONTENT and place not in apart for place, one in enumerate(self.tokens)
        )

    @property
    def _stray(self) -> tuple[int, int]:
        """How many ordinary words each has by itself."""
        return (
            sum(_ordinary(self.tokens, hunk.mine) for hunk in self.hunks),
            sum(_ordinary(self.others, hunk.theirs) for hunk in self.hunks),
        )


def may_be_alike(tokens: Sequence[Token], others: Sequence[Token]) -> bool:
    """Whether two sentences share so many words that their order is worth a look."""
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
    )


def _ordinary(tokens: Sequence[Token], places: range, until: Span | None = None) -> int:
    """Return how many tokens, up to a place in the sentence, are ordinary words."""
    return sum(
        tokens[place].kind is Kind.WORD and (until is None or tokens[place].span[0] < until[0])
        for place in places
    )


def _pieces(
    tokens: Sequence[Token], others: Sequence[Token], mine: range, theirs: range
) -> Iterator[tuple[Span, Span]]:
    """Yield the first fact of each kind that stands against another; else a negation."""
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
    """Return where the first fact of a kind stands that is meant to hold."""
    holding = (at for at in places if tokens[at].kind is kind and not tokens[at].is_retracted)
    return next(holding, None)


def _with_unit(tokens: Sequence[Token], place: int) -> Span:
    """Return where a fact stands; a figure together with the word after it, as "220 kronor"."""
    start, end = tokens[place].span
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if tokens[place].kind is Kind.FIGURE and after and after.kind is Kind.WORD:
        end = after.span[1] if after.span[0] == end + 1 else end
    return start, end


def _say_the_same(one: Token, other: Token) -> bool:
    """Whether a date or name is the other with more of it said: "17 March 2025", "17 March"."""
    words, others = set(one.key.split()), set(other.key.split())
    return one.kind is not Kind.FIGURE and (words <= others or others <= words)


def _denies(tokens: Sequence[Token], places: range) -> bool:
    return any(tokens[place].kind is Kind.NEGATION for place in places)


def _with_denied(tokens: Sequence[Token], places: range) -> Span | None:
    """Return a negation with the word that it denies; that word alone where there is none."""
    negations = (place for place in places if tokens[place].kind is Kind.NEGATION)
    first, last = next(negations, places.stop), min(places.stop, len(tokens) - 1)
    return (tokens[first].span[0], tokens[last].span[1]) if first <= last else None
