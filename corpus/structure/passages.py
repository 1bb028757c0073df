"""Cuts documents into passages (for retrieval) made of units (for quoting)."""

from collections.abc import Iterable, Iterator, Sequence

from corpus.structure.grouping import MAXIMUM, TARGET, Group, groups
from corpus.types import Document, Passage, Span

TINY = 200
"""A section below this length shares its passage with the next, and a remainder is joined."""


def cut_passages(document: Document, ignored: Sequence[Span] = ()) -> tuple[Passage, ...]:
    """Cut a document into passages of about `TARGET` characters, in order.

    No passage splits a sentence or contains `ignored` spans, which are sorted and disjoint. A
    passage includes its heading, but not the document's title unless there is nothing else.
    """
    return tuple(_passage(document, run) for run in _whole(_pack(groups(document, ignored))))


def _whole(runs: Iterable[list[Group]]) -> Iterator[list[Group]]:
    """Yield the runs, with small remainders joined to their section."""
    before: list[Group] = []
    for run in runs:
        if before and _is_rest(before, run):
            before.extend(run)
        else:
            if before:
                yield before
            before = run
    if before:
        yield before


def _pack(parts: Iterable[Group]) -> Iterator[list[Group]]:
    """Yield runs of groups, one per passage."""
    run: list[Group] = []
    tells = False  # Whether the run has more than headings.
    for group in parts:
        if run and (group.after_gap or not _takes(run, group, tells=tells)):
            whole = group.after_gap or not tells
            body, run = (run, []) if whole else _trailing_headings(run)
            yield body
            tells = False
        run.append(group)
        tells = tells or bool(group.units)
    if run:
        yield run


def _takes(run: Sequence[Group], group: Group, *, tells: bool) -> bool:
    """Whether the group belongs to the current passage; a heading needs text after it."""
    begun = run[-1].end - run[0].start
    together = group.end - run[0].start
    if not tells:
        return begun <= MAXIMUM
    if group.opens_section and (begun >= TINY or group.time != run[-1].time):
        return False
    return together <= TARGET or (begun < TARGET // 2 and together <= MAXIMUM)


def _trailing_headings(run: list[Group]) -> tuple[list[Group], list[Group]]:
    """Split off headings at the end, which belong to what follows."""
    cut = len(run)
    while cut and not run[cut - 1].units:
        cut -= 1
    return run[:cut], run[cut:]


def _is_rest(before: Sequence[Group], run: Sequence[Group]) -> bool:
    """Whether a run is the small remainder of the section before it."""
    first, last = run[0], run[-1]
    return (
        last.end - first.start < TINY
        and last.end - before[0].start <= MAXIMUM
        and not first.after_gap
        and not first.opens_section
    )


def _passage(document: Document, run: Sequence[Group]) -> Passage:
    start, end = run[0].start, run[-1].end
    units = tuple(unit for group in run for unit in group.units)
    first = next((group for group in run if group.units), run[0])
    return Passage(
        document=document.path,
        start=start,
        end=end,
        text=document.text[start:end],
        heading=first.heading,
        location=_location(run),
        units=units or tuple((group.start, group.end) for group in run),
        times=tuple(dict.fromkeys(group.time for group in run if group.time)),
    )


def _location(run: Sequence[Group]) -> str:
    """Return the place of a passage; first and last if it spans several."""
    places = list(dict.fromkeys(group.location for group in run if group.location))
    return places[0] if len(places) == 1 else f"{places[0]} – {places[-1]}" if places else ""
