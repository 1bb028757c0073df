"""Numbers for the words of passages, reused from an earlier generation if possible."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from embeddings.index.base import Rows, base_lengths, base_of, open_rows

FORMS: Final = "forms.txt"
COUNTS: Final = "form_counts.npy"
_WORDS: Final = "unit_words.npy"
_UNIT_ENDS: Final = "unit_ends.npy"
_PASSAGE_ENDS: Final = "passage_ends.npy"
_TOGETHER: Final = 2**22
"""Words renumbered at a time."""
_PASSAGES: Final = 4096
"""Passages whose words are read at a time."""


@dataclass(frozen=True, slots=True)
class UnitWords:
    """The word forms in each unit of each passage, as concatenated arrays.

    The title and headings of a passage are its last unit.
    """

    words: Rows
    """The number of each word's form."""
    unit_ends: Rows
    """Where the words of each unit end."""
    passage_ends: Rows
    """Where the units of each passage end."""

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Map the files in a folder; OSError or ValueError if they are damaged."""
        return cls(*(open_rows(folder, name) for name in (_WORDS, _UNIT_ENDS, _PASSAGE_ENDS)))

    def __len__(self) -> int:
        return len(self.passage_ends)

    def of_passage(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the words of a passage, and the number in each unit."""
        units = _stretch(self.passage_ends, number)
        first = self.unit_ends[units[:1] - 1][0] if units[0] else 0
        ends = self.unit_ends[units]
        words = self.words[np.arange(first, ends[-1])]
        return words, np.diff(ends, prepend=first)


def _stretch(ends: Rows, number: int) -> NDArray[np.int64]:
    """Return the range of item `number` in a concatenated array, given the ends of its items."""
    start, end = ends[np.array([max(number - 1, 0), number])].tolist()
    return np.arange(start if number else 0, end)


@dataclass(frozen=True, slots=True)
class FormCounts:
    """Word forms, up to a million, with the number of passages that contain each."""

    forms: Sequence[str]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Self:
        """Create it from a mapping."""
        return cls(list(counts), np.fromiter(counts.values(), np.int64, len(counts)))

    def as_dict(self) -> dict[str, int]:
        """Return the number of passages by word form."""
        return dict(zip(self.forms, self.counts.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class NumberedWords:
    """The word forms of passages, numbered in alphabetical order."""

    forms: Sequence[str]
    """Those of a base come first, in their own order."""
    counts: NDArray[np.int64]
    """The number of passages that contain each form."""
    units: UnitWords

    def in_passages(self) -> FormCounts:
        """Return the forms with the number of passages that contain each."""
        return FormCounts(self.forms, self.counts)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the words saved in a folder, including those of its base."""
        return cls(load_forms(folder), np.load(folder / COUNTS), UnitWords.open(folder))


def load_forms(folder: Path) -> list[str]:
    """Return the word forms of a folder and its base, by number."""
    own = (folder / FORMS).read_text(encoding="utf-8").splitlines()
    base = base_of(folder)
    return load_forms(base) + own if base else own


def titles_and_bodies(folder: Path) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the forms in each passage's title and headings, and in its text."""
    names = (_WORDS, _UNIT_ENDS, _PASSAGE_ENDS)
    words, unit_ends, passage_ends = (np.load(folder / name, mmap_mode="r") for name in names)
    before_words, before_units, _ = base_lengths(folder, names)
    start = 0
    for first in range(0, len(passage_ends), _PASSAGES):
        units = passage_ends[first : first + _PASSAGES] - before_units
        starts_of_titles = np.where(units > 1, unit_ends[units - 2], before_words) - before_words
        ends = (unit_ends[units - 1] - before_words).tolist()
        here, offset = words[start : ends[-1]].tolist(), start
        for middle, end in zip(starts_of_titles.tolist(), ends, strict=True):
            yield here[middle - offset : end - offset], here[start - offset : middle - offset]
            start = end


class Numberer:
    """Numbers the words of passages, one passage after the other."""

    def __init__(self, folder: Path, earlier: NumberedWords | None) -> None:
        """Start with the numbers of an earlier generation, if any.

        `folder` is where the words will be written; words of its base keep their numbers.
        """
        self._folder = folder
        (self._fixed,) = base_lengths(folder, [COUNTS])
        forms = earlier.forms if earlier else ()
        self._number_of = defaultdict(count(len(forms)).__next__, zip(forms, count()))
        self._earlier = earlier.units if earlier else None
        self._words = array("i")
        self._unit_ends = array("q")
        self._passage_ends = array("q")

    def add(self, units: Sequence[Sequence[str]]) -> None:
        """Add a passage by the words of its units."""
        for words in units:
            self._words.extend(map(self._number_of.__getitem__, words))
            self._unit_ends.append(len(self._words))
        self._passage_ends.append(len(self._unit_ends))

    def take_over(self, number: int) -> None:
        """Add a passage of the earlier generation by its number."""
        if self._earlier is not None:
            words, sizes = self._earlier.of_passage(number)
            ends = len(self._words) + np.cumsum(sizes)
            self._words.frombytes(words.tobytes())
            self._unit_ends.frombytes(ends.tobytes())
            self._passage_ends.append(len(self._unit_ends))

    def finish(self, removed: NDArray[np.int64]) -> "NumberedWords":
        """Write everything added to the folder; return it together with the base.

        Forms that no passage contains are dropped, except those in the base; passages of the base
        in `removed` no longer count.
        """
        words, forms = np.frombuffer(self._words, np.int32), list(self._number_of)
        counts = self._count(words)
        kept = np.flatnonzero(counts[self._fixed :]) + self._fixed
        order = sorted(kept.tolist(), key=forms.__getitem__)
        new_number = np.arange(len(forms), dtype=np.int32)
        new_number[order] = np.arange(self._fixed, self._fixed + len(order))
        for first in range(0, len(words), _TOGETHER):
            words[first : first + _TOGETHER] = new_number[words[first : first + _TOGETHER]]
        self._save(words)
        own = [forms[number] for number in order]
        (self._folder / FORMS).write_text("\n".join(own), encoding="utf-8")
        every = np.concatenate([counts[: self._fixed], counts[order]])
        units = UnitWords.open(self._folder)
        if base := base_of(self._folder):
            every[: self._fixed] += np.load(base / COUNTS)
            for number in removed.tolist():
                every[np.unique(units.of_passage(number)[0])] -= 1
        np.save(self._folder / COUNTS, every)
        return NumberedWords([*forms[: self._fixed], *own], every, units)

    def _save(self, words: NDArray[np.int32]) -> None:
        names = (_WORDS, _UNIT_ENDS, _PASSAGE_ENDS)
        before_words, before_units, _ = base_lengths(self._folder, names)
        unit_ends = np.frombuffer(self._unit_ends, np.int64) + before_words
        passage_ends = np.frombuffer(self._passage_ends, np.int64) + before_units
        np.save(self._folder / _WORDS, words)
        np.save(self._folder / _UNIT_ENDS, unit_ends)
        np.save(self._folder / _PASSAGE_ENDS, passage_ends)

    def _count(self, words: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return the number of added passages that contain each form."""
        counts = np.zeros(len(self._number_of), dtype=np.int64)
        for start, end in _spans(self._unit_ends, self._passage_ends):
            # numpy adds 1 only once per form, however often it occurs here.
            counts[words[start:end]] += 1
        return counts


def _spans(unit_ends: Sequence[int], passage_ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each passage's words."""
    start = 0
    for end in passage_ends:
        yield start, unit_ends[end - 1]
        start = unit_ends[end - 1]
