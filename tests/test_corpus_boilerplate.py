"""Recurring lines are found by counting; informative repetitions are kept."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.reading import read_folder
from corpus.structure.boilerplate import find_recurring
from corpus.types import Document

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def documents(folder: Path, sources: dict[str, str]) -> list[Document]:
    folder.mkdir(exist_ok=True)
    for name, source in sources.items():
        (folder / name).write_text(source)
    return read_folder(folder)[0]


def ignored(found: list[Document]) -> dict[str, list[str]]:
    recurring = find_recurring(found)
    return {
        document.path: [document.text[start:end] for start, end in recurring.spans(document)]
        for document in found
    }


def page(number: int) -> str:
    return (
        f"Du läser en sida från vår förening.\n\n# Nyhet {number}\n\nText {number} är lång.\n"
        f"\nMer text, {number} rader.\nVi använder kakor  för statistik\nDela den här sidan!\n"
    )


def test_frames_of_pages_are_found(tmp_path):
    """Lines at the top and bottom of many pages are found, in any spacing."""
    found = documents(tmp_path, {f"{number}.md": page(number) for number in range(9)})
    assert set(map(tuple, ignored(found).values())) == {
        (
            "Du läser en sida från vår förening.",
            "Vi använder kakor för statistik",
            "Dela den här sidan!",
        )
    }
    assert find_recurring(found).lines == (
        ("Dela den här sidan!", 9),
        ("Du läser en sida från vår förening.", 9),
        ("Vi använder kakor för statistik", 9),
    )


def test_one_document_has_no_frame(tmp_path):
    """Nothing recurs in a single document, or in none."""
    assert ignored(documents(tmp_path, {"a.md": page(1)})) == {"a.md": []}
    assert find_recurring([]).lines == ()


def test_what_minutes_repeat_is_meant(tmp_path):
    """Attendees, labels, headings, lists, tables and lead-ins are kept."""
    minutes = (
        "# Möte {0}\n\nPlats: Folkets hus\n\nNärvarande: Anna Lind, Bo Ek\n\n"
        "## Mötets öppnande\n\nOrdföranden öppnade mötet och hälsade alla välkomna.\n\n"
        "## Beslut\n\nDärför beslutades om:\n\n* gräsmattan\n\n| Post | kr |\n\nAnna Lind, Bo Ek\n"
    )
    found = documents(tmp_path, {f"{n}.md": minutes.format(n) for n in range(4)})
    assert ignored(found) == {f"{n}.md": [] for n in range(4)}


def test_what_laws_repeat_is_meant(tmp_path):
    """A sentence that closes each section of a text is kept."""
    section = "## Lag {0}\n\nLag {0} ändras.\n\nÄndringarna träder i kraft den 1 januari 2025.\n\n"
    source = "# Lagar\n\nFlera lagar ändras.\n\n" + "".join(map(section.format, range(5)))
    assert ignored(documents(tmp_path, {"a.md": source}))["a.md"] == []


def test_notices_that_pile_up_in_one_document_go(tmp_path):
    """Lines that recur right after each other are noise, even in a single document."""
    notices = "Arkiverad sida från förra året\n\nDen här sidan uppdateras inte\n\n" * 2
    found = documents(tmp_path, {"a.md": f"{notices}# Titel\n\nText.\n\n{notices}"})
    (gone,) = ignored(found).values()
    assert len(gone) == 8


def closing(tmp_path: Path, line: str, often: int) -> list[Document]:
    """Return 1,500 documents, some of which close with the same line."""
    body = "# Titel 0000\n\n* Ett 0000\n* Två 0000"
    (closed,) = documents(tmp_path / "closed", {"a.md": f"{body}\n\n{line}"})
    (plain,) = documents(tmp_path / "plain", {"b.md": body})
    return [
        replace(one, text=one.text.replace("0000", f"{number:04}"))
        for number, one in enumerate([closed] * often + [plain] * (1500 - often))
    ]


def test_what_closes_few_texts_of_many_is_meant(tmp_path):
    """In a large collection twenty texts may end alike, and sentences in more."""
    notice, sentence = "Prenumerera på nyhetsbrevet", "Partierna är överens."
    assert find_recurring(closing(tmp_path, notice, 25)).lines == ()
    assert find_recurring(closing(tmp_path, notice, 35)).lines != ()
    assert find_recurring(closing(tmp_path, sentence, 35)).lines == ()


@pytest.mark.parametrize(
    "line",
    [
        "The meeting was led by Greta Palm.",
        "Mötet avslutades och alla gick hem.",
        "Avgiften kostar 300 kronor per år",
    ],
)
def test_what_tells_something_is_no_furniture(tmp_path, line):
    """A line with a name, a figure or a verb of its own is kept, however frequent."""
    sources = {f"{n}.md": f"# Möte {n}\n\nSak {n}.\n\n{line}" for n in range(9)}
    assert not any(ignored(documents(tmp_path, sources)).values())


def test_copies_are_no_frame(tmp_path):
    """Four copies of one text among others are kept in full."""
    copy = "# Nytt\n\nBadet öppnas snart för alla\n\nVälkomna till bryggan i sommar"
    sources = {f"copy{n}.md": copy for n in range(4)}
    sources |= {f"{n}.md": f"# Annat {n}\n\nText {n}.\n\nMer text {n}." for n in range(30)}
    assert not any(ignored(documents(tmp_path, sources)).values())


def test_a_notice_in_the_middle_of_most_pages_goes(tmp_path):
    """A line that half of the documents have is left out."""
    source = (
        "# {0}\n\nInledning {0}.\n\nAnnons: nej\n\nPrenumerera på vårt nyhetsbrev nu\n\nSlut {0}."
    )
    found = documents(tmp_path, {f"{n}.md": source.format(n) for n in range(6)})
    assert set(map(tuple, ignored(found).values())) == {("Prenumerera på vårt nyhetsbrev nu",)}


def test_equality_is_that_of_the_lines(tmp_path):
    """More documents with the same frame don't change the result; another frame does."""
    few = documents(tmp_path / "few", {f"{n}.md": page(n) for n in range(9)})
    more = documents(tmp_path / "more", {f"{n}.md": page(n) for n in range(10)})
    assert find_recurring(few) == find_recurring(more)
    assert find_recurring(few) != find_recurring(few[:1])


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the example documents are not beside the checkout")
def test_frames_of_archived_press_releases():
    """Only the notices about when and by which government a page was published are found."""
    found = read_folder(SEEDS)[0]
    starts = ("Innehållet publicerades", "Statsråd på denna sida", "Mellan den 3 oktober 2014")
    for document in found:
        gone = ignored(found)[document.path]
        expected = [line for line in document.text.split("\n") if line.startswith(starts)]
        assert gone == expected
        assert len(gone) == 9


def test_a_collection_is_not_held_in_memory(tmp_path):
    """The counts take a fraction of the texts' size, whatever the length of lines."""
    (one,) = documents(tmp_path, {"a.md": "# Nyhet\n\n" + "ord som sägs en gång " * 400})

    def many() -> Iterator[Document]:
        for number in range(300):
            yield replace(one, text=one.text[:9] + f"{number:8}" + one.text[17:])

    tracemalloc.start()
    recurring = find_recurring(many())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert recurring.lines == ()
    assert peak < 300 * len(one.text) / 4
