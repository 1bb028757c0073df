"""The words of passages as numbers, taken over from an earlier generation where they can be."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

_FORMS: Final = "forms.txt"
_COUNTS: Final = "form_counts.npy"
_WORDS: Final = "unit_words.npy"
_UNIT_ENDS: Final = "unit_ends.npy"
_PASSAGE_ENDS: Final = "passage_ends.npy"


@dataclass(frozen=True, slots=True)
class UnitWords:
    """Which word forms stand in each unit of each passage; arrays run together.

    What stands over a passage is its last unit.
    """

    words: NDArray[np.int32]
    """The number of each word's form."""
    unit_ends: NDArray[np.int64]
    """Where the words of each unit end."""
    passage_ends: NDArray[np.int64]
    """Where the units of each passage end."""

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Map the files in a folder; OSError or ValueError where they are damaged."""
        names = (_WORDS, _UNIT_ENDS, _PASSAGE_ENDS)
        # Plain views of the maps: numpy's own class for them is slow to slice.
        return cls(*(np.asarray(np.load(folder / name, mmap_mode="r")) for name in names))

    def __len__(self) -> int:
        return len(self.passage_ends)

    def word_ends(self) -> NDArray[np.int64]:
        """Return where the words of each passage end."""
        return self.unit_ends[self.passage_ends - 1]

    def title_starts(self) -> NDArray[np.int64]:
        """Return where the words that stand over each passage begin."""
        return self.unit_ends[self.passage_ends - 2]


@dataclass(frozen=True, slots=True)
class NumberedWords:
    """The word forms of some passages, numbered in alphabetical order."""

    forms: Sequence[str]
    counts: NDArray[np.int64]
    """In how many passages each form stands."""
    units: UnitWords

    def in_passages(self) -> dict[str, int]:
        """Return in how many passages each form stands, by the form."""
        return dict(zip(self.forms, self.counts.tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write them to files of a folder."""
        (folder / _FORMS).write_text("\n".join(self.forms), encoding="utf-8")
        np.save(folder / _COUNTS, self.counts)
        np.save(folder / _WORDS, self.units.words)
        np.save(folder / _UNIT_ENDS, self.units.unit_ends)
        np.save(folder / _PASSAGE_ENDS, self.units.passage_ends)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what was saved in a folder."""
        forms = (folder / _FORMS).read_text(encoding="utf-8").splitlines()
        return cls(forms, np.load(folder / _COUNTS), UnitWords.open(folder))


class Numberer:
    """Numbers the words of passages, one after the other."""

    def __init__(self, earlier: NumberedWords | None) -> None:
        """Begin with the numbers of an earlier generation, if there is one."""
        forms = earlier.forms if earlier else ()
        self._number_of = defaultdict(count(len(forms)).__next__, zip(forms, count()))
        self._earlier = _Stretches(earlier.units) if earlier else None
        self._words: list[NDArray[np.int32]] = []
        self._unit_sizes: list[NDArray[np.int64]] = []

    def add(self, units: Sequence[Sequence[str]]) -> None:
        """Add a passage by the words of its units."""
        numbers = [self._number_of[word] for words in units for word in words]
        self._words.append(np.array(numbers, np.int32))
        self._unit_sizes.append(np.array([len(words) for words in units]))

    def take_over(self, number: int) -> None:
        """Add the passage of that number in the earlier generation."""
        if self._earlier is not None:
            words, sizes = self._earlier.of_passage(number)
            self._words.append(words)
            self._unit_sizes.append(sizes)

    def finish(self) -> NumberedWords:
        """Return all that was added; forms that stand in no passage any more are left out."""
        words = np.concatenate(self._words)
        unit_ends = np.cumsum(np.concatenate(self._unit_sizes))
        counts = self._count()
        forms = list(self._number_of)
        kept = sorted(np.flatnonzero(counts).tolist(), key=forms.__getitem__)
        new_number = np.zeros(len(forms), np.int32)
        new_number[kept] = np.arange(len(kept))
        units = UnitWords(
            new_number[words], unit_ends, np.cumsum([len(sizes) for sizes in self._unit_sizes])
        )
        return NumberedWords([forms[number] for number in kept], counts[kept], units)

    def _count(self) -> NDArray[np.int64]:
        """Return in how many passages each form stands."""
        counts = np.zeros(len(self._number_of), dtype=np.int64)
        for words in self._words:
            # However often a form stands here, numpy adds its one once.
            counts[words] += 1
        return counts


class _Stretches:
    """Gives the words of single passages out of those of all."""

    def __init__(self, units: UnitWords) -> None:
        self._words = units.words
        self._sizes = np.diff(units.unit_ends, prepend=0)
        self._word_ends = [0, *units.word_ends().tolist()]
        self._unit_ends = [0, *units.passage_ends.tolist()]

    def of_passage(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the words of a passage, and how many stand in each unit."""
        words = self._words[self._word_ends[number] : self._word_ends[number + 1]]
        return words, self._sizes[self._unit_ends[number] : self._unit_ends[number + 1]]
