"""The words in each unit of each passage: the index for late interaction.

Each word of the question scores with the best of a unit's words (MaxSim), using the static model's
word vectors. Source: Khattab and Zaharia, "ColBERT", 2020, https://arxiv.org/abs/2004.12832, which
uses contextual vectors.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from embeddings.index.base import Rows, base_lengths, open_rows, whole
from embeddings.index.word_ids import UnitWords
from embeddings.types import Vectors

FORM_ROWS: Final = "form_rows.npy"
_PIECES: Final = "form_pieces.npy"
_PIECE_ENDS: Final = "form_piece_ends.npy"
_DAYS: Final = "days.npy"
_EVENTS: Final = "events.npy"
_EVENT_ENDS: Final = "event_ends.npy"
FORM_FILES: Final = (FORM_ROWS, _PIECES, _PIECE_ENDS)


@dataclass(frozen=True, slots=True)
class Matches:
    """How well passages match the words of a question, from 0 to 1, as concatenated arrays."""

    units: Vectors
    """For each unit of each passage; shape (all units, words)."""
    starts: NDArray[np.intp]
    """Where the units of each passage begin."""
    titles: Vectors
    """For the title and headings of each passage; shape (passages, words)."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of passages, collected one passage after the other."""

    days: "array[int]" = field(default_factory=lambda: array("i"))
    """First and last possible publication day of each; 0 if unknown."""
    events: "array[int]" = field(default_factory=lambda: array("i"))
    """First and last day of each event they are about."""
    event_ends: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, published: tuple[date, date] | None, events: NDArray[np.int32]) -> None:
        """Add a passage; `events` has first and last days as ordinals, shape (events, 2)."""
        self.days.extend([day.toordinal() for day in published] if published else [0, 0])
        self.events.frombytes(events.tobytes())
        self.event_ends.append(len(self.events) // 2)


def write_forward_index(
    folder: Path, rows: NDArray[np.int32], pieces: Iterable[Sequence[int]], dates: Dates
) -> None:
    """Write the data looked up by passage, beside the words of its units, to a folder.

    `rows` has the vocabulary row of each word form, and `pieces` its pieces in the bundled model.
    Only forms and passages that are not in the base are given here.
    """
    before_pieces, before_events = base_lengths(folder, (_PIECES, _EVENTS))
    cut, ends = array("i"), array("q")
    for form in pieces:
        cut.extend(form)
        ends.append(len(cut))
    event_ends = np.frombuffer(dates.event_ends, np.int64)
    np.save(folder / FORM_ROWS, rows)
    np.save(folder / _PIECES, np.frombuffer(cut, np.int32))
    np.save(folder / _PIECE_ENDS, np.frombuffer(ends, np.int64) + before_pieces)
    np.save(folder / _DAYS, np.frombuffer(dates.days, np.int32).reshape(-1, 2))
    np.save(folder / _EVENTS, np.frombuffer(dates.events, np.int32).reshape(-1, 2))
    np.save(folder / _EVENT_ENDS, event_ends + before_events)


@dataclass(frozen=True, slots=True)
class Forms:
    """Data of each word form."""

    rows: Rows
    """The row of its stem in the vocabulary."""
    pieces: Rows
    """The pieces of the forms in the bundled model, concatenated."""
    piece_ends: Rows
    """Where the pieces of each form end."""

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Map the files in a folder; OSError or ValueError if they are damaged."""
        return cls(*(open_rows(folder, name) for name in (FORM_ROWS, _PIECES, _PIECE_ENDS)))


@dataclass(frozen=True, slots=True)
class Times:
    """Publication dates of passages and the dates they are about, as ordinals."""

    days: Rows
    """First and last possible day of publication; 0 if unknown."""
    events: Rows
    """First and last day of each event, concatenated."""
    event_ends: Rows
    """Where the events of each passage end."""


class ForwardIndex:
    """The words, events and publication dates of passages, by passage."""

    def __init__(self, units: UnitWords, forms: Forms, times: Times) -> None:
        self._units = units
        self._rows = forms.rows
        self._pieces, self._piece_ends = forms.pieces, forms.piece_ends
        self._days, self._events, self._event_ends = times.days, times.events, times.event_ends

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the files in a folder; OSError or ValueError if they are damaged."""
        times = Times(*(open_rows(folder, name) for name in (_DAYS, _EVENTS, _EVENT_ENDS)))
        return cls(UnitWords.open(folder), Forms.open(folder), times)

    def __len__(self) -> int:
        return len(self._units)

    def at(self, numbers: NDArray[np.int64]) -> tuple[Self, NDArray[np.int64]]:
        """Return the index that has these passages, and their numbers in it: here itself."""
        return self, numbers

    def days(self, numbers: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return first and last possible day of publication, as ordinals; 0 if unknown."""
        days: NDArray[np.int32] = self._days[numbers]
        return days

    def events(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
        """Return first and last day of the events of passages, and the passage of each.

        Shapes (events, 2) and (events,), the latter as indices into `numbers`.
        """
        found = _ranges(_starts(self._event_ends, numbers), self._event_ends[numbers])
        return self._events[found.flat], np.repeat(np.arange(len(numbers)), found.sizes)

    def events_of(self, number: int) -> NDArray[np.int32]:
        """Return first and last day of the events of one passage; shape (events, 2)."""
        return self.events(np.array([number]))[0]

    def match(
        self, numbers: NDArray[np.int64], matches_of: Callable[[NDArray[np.intp]], Vectors]
    ) -> Matches:
        """Return how well passages match the words of a question.

        `matches_of` returns the matches of stems, given by their vocabulary rows: one row per word,
        one column per stem.
        """
        passage_ends, unit_ends = self._units.passage_ends, self._units.unit_ends
        units = _ranges(_starts(passage_ends, numbers), passage_ends[numbers])
        words = _ranges(_starts(unit_ends, units.flat), unit_ends[units.flat])
        stems, columns = _distinct(self._rows[self._units.words[words.flat]])
        matches = matches_of(stems)
        # A column of zeros after each unit, so that none is empty.
        padded = np.concatenate([matches, np.zeros((len(matches), 1), np.float32)], axis=1)
        columns = np.insert(columns, words.starts + words.sizes, len(stems))
        starts = words.starts + np.arange(len(words.starts))
        best = np.maximum.reduceat(padded[:, columns], starts, axis=1).T
        is_title = np.zeros(len(units.flat), dtype=bool)
        is_title[units.starts + units.sizes - 1] = True
        unit_starts = units.starts - np.arange(len(numbers))
        return Matches(best[~is_title], unit_starts, best[is_title])

    def pieces(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the word pieces of the passages' units, concatenated, and where each unit ends.

        Titles and headings are left out.
        """
        passage_ends, unit_ends = self._units.passage_ends, self._units.unit_ends
        units = _ranges(_starts(passage_ends, numbers), passage_ends[numbers] - 1)
        words = _ranges(_starts(unit_ends, units.flat), unit_ends[units.flat])
        forms = self._units.words[words.flat].astype(np.int64)
        found = _ranges(_starts(self._piece_ends, forms), self._piece_ends[forms])
        ends = np.cumsum(np.append(0, found.sizes))[np.cumsum(words.sizes)]
        return self._pieces[found.flat], ends

    def pieces_of_forms(self) -> list[list[int]]:
        """Return the pieces of each word form."""
        pieces, ends = whole(self._pieces).tolist(), whole(self._piece_ends).tolist()
        return [pieces[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def phrases(self, numbers: NDArray[np.int64], pairs: Sequence[tuple[int, int]]) -> Vectors:
        """Return how many pairs of stems, given by their rows, are adjacent in each passage."""
        passage_ends, unit_ends = self._units.passage_ends, self._units.unit_ends
        firsts = _starts(unit_ends, _starts(passage_ends, numbers))
        words = _ranges(firsts, unit_ends[passage_ends[numbers] - 1])
        rows = self._rows[self._units.words[words.flat]]
        followed_by = np.append(rows[1:], -1)
        followed_by[words.starts[1:] - 1] = -1
        found = np.zeros(len(numbers), dtype=np.float32)
        for first, second in pairs:
            beside = (rows == first) & (followed_by == second)
            found += np.logical_or.reduceat(beside, words.starts)
        return found


def _distinct(rows: NDArray[np.int32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the distinct rows, sorted, and the index of each row among them."""
    present = np.zeros(rows.max(initial=-1) + 1, dtype=bool)
    present[rows] = True
    return np.flatnonzero(present), (np.cumsum(present) - 1)[rows]


@dataclass(frozen=True, slots=True)
class _Ranges:
    """Several ranges of numbers, concatenated."""

    flat: NDArray[np.int64]
    starts: NDArray[np.intp]
    sizes: NDArray[np.int64]


def _starts(ends: Rows, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the starts of items in a concatenated array, given their ends."""
    begins: NDArray[np.int64] = np.where(numbers > 0, ends[numbers - 1], 0)
    return begins


def _ranges(firsts: NDArray[np.int64], ends: NDArray[np.int64]) -> _Ranges:
    sizes = np.asarray(ends - firsts)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)
    flat = np.repeat(firsts - starts, sizes) + np.arange(int(sizes.sum()))
    return _Ranges(flat, starts, sizes)
