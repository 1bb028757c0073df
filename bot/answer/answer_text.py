"""How an answer is put into words around its citations."""

from collections.abc import Sequence
from itertools import groupby

from bot.answer.name_answers import Listing
from bot.answer.versions import find_differing
from bot.texts import Texts, texts_for
from bot.types import Citation, Coverage, Listed, Reading


def compose_text(
    reading: Reading, listing: Listing, missing: Sequence[str] = (), *, again: bool = False
) -> str:
    """Return an answer's own words, in the asker's language, with a [n] for each citation.

    Names come first, each with what it is given in the document, then what they were taken from.
    Of a question of two parts it is told which citation says what. Where two versions of a text
    differ, that is told. Where nothing was found, what is `missing` is named. `again` tells that
    earlier answers have shown what there was first.
    """
    texts = texts_for(reading.language)
    if not listing.citations:
        nothing = texts.nothing_more if again else texts.not_found
        named = ", ".join(missing)
        return f"{nothing} {texts.not_mentioned.format(phrases=named)}" if named else nothing
    numbers = [citation.number for citation in listing.citations]
    lines = (
        _naming(reading, listing, numbers, texts)
        if listing.names
        else [f"{texts.answer_lead(reading.kind)} {_markers(numbers)}"]
    )
    if listing.says:
        says = (texts.says.format(citation=f"[{one}]", asked=asked) for one, asked in listing.says)
        lines.append(f"{', '.join(says)}.")
    # Of a time that is named only one of two versions may be meant.
    if not reading.periods and (differing := find_differing(listing.citations)):
        lines.append(_differing(*differing, texts))
    return "\n".join(lines)


def _naming(reading: Reading, listing: Listing, numbers: Sequence[int], texts: Texts) -> list[str]:
    """Return the lines that tell the names, what they were taken from, and the other citations."""
    told = {name.citation for name in listing.names}
    others = [number for number in numbers if number not in told]
    lines = [f"{texts.answer_lead(_lead_of(reading, listing))} {_named(listing.names)}"]
    if listing.coverage and not (listing.asked and listing.asked.one and len(listing.names) == 1):
        lines.append(_covered(len(listing.names), listing.coverage, texts))
    if others:
        lines.append(f"{texts.see_also} {_markers(others)}")
    return lines


def _differing(newer: Citation, older: Citation, texts: Texts) -> str:
    return texts.differing.format(
        newer=f"[{newer.number}] ({texts.date(newer.published)})",
        older=f"[{older.number}] ({texts.date(older.published)})",
    )


def _lead_of(reading: Reading, listing: Listing) -> str | None:
    if listing.asked and listing.asked.absent:
        return "absent"
    return "attended" if listing.asked and listing.asked.taking_part else reading.kind


def _markers(numbers: Sequence[int]) -> str:
    return " ".join(f"[{number}]" for number in numbers)


def _named(names: Sequence[Listed]) -> str:
    """Return names in the order of their citations, with a [n] after the last of each."""
    in_order = sorted(names, key=lambda name: name.citation)
    return "; ".join(
        "; ".join(f"{one.name}, {one.detail}" if one.detail else one.name for one in group)
        + f" [{number}]"
        for number, group in groupby(in_order, key=lambda name: name.citation)
    )


def _covered(count: int, coverage: Coverage, texts: Texts) -> str:
    documents, matching = coverage.documents, coverage.matching
    names = (texts.one_name if count == 1 else texts.many_names).format(count=count)
    if not coverage.complete:
        return texts.names_from_some.format(names=names, documents=documents, matching=matching)
    phrase = texts.names_from_one if documents == 1 else texts.names_from_all
    return phrase.format(names=names, documents=documents)
