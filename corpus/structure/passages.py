"""Documents cut into passages, which are found, made of units, which are quoted."""

from collections.abc import Iterable, Iterator, Sequence

from corpus.structure.grouping import MAXIMUM, TARGET, Group, groups
from corpus.types import Document, Passage, Span

TINY = 200
"""Characters below which a section shares its passage with the next, and a rest is joined."""


def cut_passages(document: Document, ignored: Sequence[Span] = ()) -> tuple[Passage, ...]:
    """Cut a document into passages of about `TARGET` characters, in order.

    No passage cuts a sentence or holds anything `ignored`; those spans are sorted and disjoint.
    Its heading opens it, the document's title does not, unless there is nothing else.
    """
    return tuple(_passage(document, run) for run in _whole(_pack(groups(document, ignored))))


def _whole(runs: Iterable[list[Group]]) -> Iterator[list[Group]]:
    """Yield the runs, small rests joined to what they are the rests of."""
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
    """Yield runs of groups that make a passage each."""
    run: list[Group] = []
    tells = False  # whether there is more in the run than headings
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
    """Whether the passage begun goes on with the group; headings alone want what is under them."""
    begun = run[-1].end - run[0].start
    together = group.end - run[0].start
    if not tells:
        return begun <= MAXIMUM
    if group.opens_section and (begun >= TINY or group.time != run[-1].time):
        return False
    return together <= TARGET or (begun < TARGET // 2 and together <= MAXIMUM)


def _trailing_headings(run: list[Group]) -> tuple[list[Group], list[Group]]:
    """Split off the headings at the end, which belong to what comes next."""
    cut = len(run)
    while cut and not run[cut - 1].units:
        cut -= 1
    return run[:cut], run[cut:]


def _is_rest(before: Sequence[Group], run: Sequence[Group]) -> bool:
    """Whether a run is the small rest of the section that the run before it is of."""
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
    """Return where the passage stands; from the first place to the last if it is in several."""
    places = list(dict.fromkeys(group.location for group in run if group.location))
    return places[0] if len(places) == 1 else f"{places[0]} – {places[-1]}" if places else ""
