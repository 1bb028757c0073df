"""The entries of lists and tables that a question asks for, verbatim."""

from dataclasses import replace
from datetime import date

import pytest
from made_up import hit, read

from bot.answer.chosen_entries import called_so, conditions_in, origins_in
from bot.answer.events import occasion_of
from bot.answer.list_answer import answer_by_lists
from bot.answer.lists import (
    LONGEST_QUOTE,
    FoundList,
    entries_matching,
    list_at,
    lists_of_difference,
    lists_of_roles,
    roles_of,
)
from bot.question.asked_list import asked_list
from bot.question.reading import read_question
from corpus.languages.base import Role

TODAY = date(2026, 1, 31)
MINUTES = """\
# Board meeting 5 March 2024

## Present

- Hans Kerr (chair)
- @nikoweave
- Antoine du Hammel, remote
- Сковорода Никита

## Regrets

- Maj Frisk

## Guests

- Will Vincent

## Decisions

- Buy a boat
- Sell the bike
"""
TABLE = """\
# Roll

| Name | Present | Votes |
|---|---|---|
| Anna Ek | x | yes |
| Bo Berg | | |
| Cia Dal | Ja | no |
"""


def entries(document, question):
    """Return the entries of each list with the roles that a question asks for."""
    reading = read_question(question, TODAY)
    asked = asked_list(question, reading.kind)
    found = lists_of_roles(document, asked, [(0, len(document.text))])
    return [[document.text[start:end] for start, end in one.entries] for one in found]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who attended?", [["Hans Kerr (chair)", "@nikoweave", "Antoine du Hammel, remote",
                            "Сковорода Никита"]]),
        ("Who did not attend?", [["Maj Frisk"]]),
        ("Which guests came?", []),
        ("Who attended remotely?", [["Antoine du Hammel, remote"]]),
        ("Who were the guests?", [["Will Vincent"]]),
        ("Who voted against?", []),
    ],
)  # fmt: skip
def test_a_list_is_known_by_its_heading(tmp_path, question, expected):
    """Whatever the form of its entries; the opposite list is never used."""
    assert entries(read(tmp_path, MINUTES), question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Vilka var närvarande?",
            [["Anna Ek", "Dan Ö (suppleant för Bo Li, frånvarande)", "Eva Å"]],
        ),
        ("Vilka var inte närvarande?", [["Bo Li (Ej närvarande)", "Cia Dal – anmält förhinder"]]),
    ],
)
def test_an_entry_may_say_that_this_one_was_absent(tmp_path, question, expected):
    """Many lists have all members, with a note after those who did not come."""
    roll = (
        "# Möte\n\n## Närvarande\n\n- Anna Ek\n- Bo Li (Ej närvarande)\n"
        "- Cia Dal – anmält förhinder\n"
        "- Dan Ö (suppleant för Bo Li, frånvarande)\n- Eva Å\n"
    )
    assert entries(read(tmp_path, roll), question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who was present?", [["Anna Ek", "Cia Dal"]]),
        ("Who was absent?", [["Bo Berg"]]),
    ],
)
def test_rows_of_a_table_are_chosen_by_the_column_that_says_so(tmp_path, question, expected):
    """A cross or yes means present, an empty cell absent; the name is listed."""
    assert entries(read(tmp_path, TABLE), question) == expected


def test_only_stretches_that_are_meant_are_looked_at(tmp_path):
    """Lists outside them, as of another meeting, are ignored, and so are overlong ones."""
    document = read(tmp_path, MINUTES)
    asked = asked_list("Who attended?", "who")
    end = document.text.index("Regrets")
    assert len(list(lists_of_roles(document, asked, [(0, end)]))) == 1
    assert list(lists_of_roles(document, asked, [(end, len(document.text))])) == []
    many = "\n".join(f"- Deltagare nummer {n}" for n in range(LONGEST_QUOTE // 20 + 1))
    assert entries(read(tmp_path, f"# M\n\n## Present\n\n{many}"), "Who attended?") == []


def test_the_nearest_label_decides_who_was_there(tmp_path):
    """Those under "Absent" under "Attendance" are absent; for "Remote" both apply."""
    document = read(
        tmp_path, "# M\n\n## Attendance\n\n### Absent\n\n- Anna\n- Bo\n\n### Remote\n\n- Cia\n- Dan"
    )
    assert [roles_of(document, one) for one in document.lists] == [
        {Role.ABSENT}, {Role.PRESENT, Role.REMOTE},
    ]  # fmt: skip


def test_a_quote_is_a_list_where_it_is_most_of_one(tmp_path):
    """A sentence is not, nor is a quote with a small list in it."""
    document = read(tmp_path, MINUTES)
    start, end = document.text.index("Buy"), document.text.index("bike") + 4
    assert list_at(document, (start, end)).label == "Decisions"
    assert list_at(document, (0, len(document.text))) is None
    assert list_at(document, (start, start + 3)) is None


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (["Region Dalarna"], ["Anna Ek, Region Dalarna"]),
        (["regionen"], ["Anna Ek, Region Dalarna", "Bo Berg, Region Skåne"]),
        (["Kommunal"], ["Anna Ek, Region Dalarna", "Bo Berg, Region Skåne", "Cia Dal"]),
        (["Region", "Skåne"], ["Bo Berg, Region Skåne"]),
        ([], ["Anna Ek, Region Dalarna", "Bo Berg, Region Skåne", "Cia Dal"]),
    ],
)
def test_conditions_choose_entries(tmp_path, conditions, expected):
    """An entry must contain all stems of a condition; one that none meets is ignored."""
    names = "- Anna Ek, Region Dalarna\n- Bo Berg, Region Skåne\n- Cia Dal\n"
    document = read(tmp_path, f"# Mötet\n\nDessa kom till mötet i hamnen:\n\n{names}")
    (one,) = document.lists
    spans = [(item.start, item.end) for item in one.items]
    chosen = entries_matching(document, spans, conditions)
    assert [document.text[start:end] for start, end in chosen] == expected


def test_what_leads_on_to_the_next_entry_is_left_out(tmp_path):
    """A comma, or "and", at the end of an entry is no part of it."""
    written = "# Mötet\n\nPå mötet deltog:\n\nAnna Ek, ordförande,\nBo Berg, samt\nCia Dal\n"
    document = read(tmp_path, written)
    assert entries(document, "Vilka deltog?") == [["Anna Ek, ordförande", "Bo Berg", "Cia Dal"]]


def test_conditions_stand_in_the_question():
    """What follows "which", and where somebody is from."""
    assert origins_in("Who attended from Region Dalarna in May?") == ["Region Dalarna"]
    assert origins_in("Who came from the Green Ring?") == ["Green Ring"]
    assert origins_in("Vilka kom från den Gröna ringen?") == ["Gröna"]
    assert origins_in("Who attended meetings from March 2021?") == []
    (condition,) = conditions_in("Which voting members were there?")
    assert condition.startswith("voting")
    assert conditions_in("Who attended?") == []


def answered(question, *documents, quoted):
    """Return the list answer for documents found by the given quotes."""
    reading = read_question(question, TODAY)
    hits = [hit(one, words) for one, words in zip(documents, quoted, strict=True)]
    by_path = {one.path: one for one in documents}
    found = answer_by_lists(
        question,
        asked_list(question, reading.kind),
        reading,
        occasion_of(question),
        hits,
        hits,
        by_path.__getitem__,
    )
    if found is None:
        return None
    text = found.document.text
    return found.document.path, [text[a:b] for one in found.lists for a, b in one.entries]


def meeting(tmp_path, name, day, *people):
    listed = "\n".join(f"- {one}" for one in people)
    return read(tmp_path, f"# Board meeting\n\n## {day}\n\nPresent:\n\n{listed}\n", name)


def test_the_event_that_is_meant_decides(tmp_path):
    """Of two meetings the one in the month asked about answers, though ranked second."""
    march = meeting(tmp_path, "march.md", "5 March 2024", "Anna Ek", "Bo Berg")
    april = meeting(tmp_path, "april.md", "9 April 2024", "Cia Dal", "Dan Ö")
    quoted = ("Board meeting", "Board meeting")
    assert answered(
        "Who attended the board meeting in April 2024?", march, april, quoted=quoted
    ) == ("april.md", ["Cia Dal", "Dan Ö"])
    assert answered("Who attended the board meeting in May 2024?", march, april, quoted=quoted) is (
        None
    )


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("Who attended the latest board meeting?", "b.md"),
        ("Vilka deltog på det senaste styrelsemötet?", "b.md"),
        ("Who attended the first board meeting?", "a.md"),
        ("Who attended the board meeting in March?", "b.md"),
    ],
)
def test_the_latest_or_first_of_several_events(tmp_path, question, path):
    """Also for a month without a year: the latest one answers."""
    one = meeting(tmp_path, "a.md", "5 March 2023", "Anna Ek", "Bo Berg")
    two = meeting(tmp_path, "b.md", "5 March 2024", "Cia Dal", "Dan Ö")
    assert answered(question, one, two, quoted=("Board", "Board"))[0] == path


def test_meetings_of_one_document_are_not_mixed(tmp_path):
    """Only the meeting of the quote answers; people of other days are not added."""
    both = read(
        tmp_path,
        "# Meetings\n\n## 5 March 2024\n\nPresent:\n\n- Anna Ek\n- Bo Berg\n\n"
        "## 9 April 2024\n\nPresent:\n\n- Cia Dal\n- Dan Ö\n",
    )
    found = answered("Who attended the meeting?", both, quoted=["Anna Ek"])
    assert found == ("a.md", ["Anna Ek", "Bo Berg"])


def test_several_lists_of_one_event_are_joined(tmp_path):
    """Each is cited separately."""
    document = read(
        tmp_path,
        "# Meeting 5 March 2024\n\n## Present\n\n- Anna Ek\n- Bo Berg\n\n## Remote attendees\n\n"
        "- Cia Dal\n- Dan Ö\n",
    )
    found = answered("Who attended the meeting?", document, quoted=["Anna Ek"])
    assert found == ("a.md", ["Anna Ek", "Bo Berg", "Cia Dal", "Dan Ö"])
    found = answered("Who attended the meeting remotely?", document, quoted=["Anna Ek"])
    assert found == ("a.md", ["Cia Dal", "Dan Ö"])


def test_without_a_role_the_quote_has_to_be_the_list(tmp_path):
    """If the best quote is a list, its entries answer; a sentence lists nothing."""
    signed = "These signed the letter:\n\n- The Mill\n- The Inn\n"
    document = read(tmp_path, f"# The letter\n\nIt was sent on Monday.\n\n{signed}")
    question = "Which houses signed the letter?"
    whole = document.text[document.text.index("These") :].strip()
    assert answered(question, document, quoted=[whole]) == ("a.md", ["The Mill", "The Inn"])
    assert answered(question, document, quoted=["It was sent on Monday."]) is None


SUMMONED = """\
# Protokoll 4 mars 2024

## Kallade

Anna Ek, Bo Berg, Cia Dal (kassör)

## Närvarande

Anna Ek, Cia Dal, Dan Fors
"""


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Vem var kallad men kom inte?", ["Bo Berg"]),
        ("Which guests who had not been summoned attended?", ["Dan Fors"]),
    ],
)
def test_one_list_without_another(tmp_path, question, left):
    """Both lists are shown, since only together they answer."""
    document = read(tmp_path, SUMMONED)
    asked = asked_list(question, "who")
    found = list(lists_of_difference(document, asked, [(0, len(document.text))]))
    assert len(found) == 2
    told = [document.text[start:end] for one in found for start, end in one.entries]
    assert told == left


def test_of_one_role_the_list_that_is_called_so_answers(tmp_path):
    """A note-taker is not a scribe; a list that is only shown has no entries."""
    document = read(tmp_path, "# M\n\nScribe: Anna Ek\n\nNote-taker: Bo Berg\n")
    scribe, taker = (
        FoundList(document.path, (one.start, one.end), tuple((i.start, i.end) for i in one.items))
        for one in document.lists
    )
    question = "Who was the note-taker?"
    assert called_so(question, document, [scribe, taker]) == [taker]
    assert called_so(question, document, [replace(scribe, entries=()), taker]) == [taker]
