"""Whether a question asks for the entries of a list, and which."""

import pytest

from bot.question.asked_list import asked_list
from bot.question.kinds import kind_of
from corpus.languages.base import Role

PRESENT = frozenset({Role.PRESENT})


def asked(question):
    return asked_list(question, kind_of(question))


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        ("Who attended the January meeting?", PRESENT),
        ("Vilka deltog i mötet?", PRESENT),
        ("Which guests were there?", PRESENT | {Role.GUEST}),
        ("Which organisations signed the letter?", frozenset()),
        ("Who built the mill?", frozenset()),
        ("What were the takings in June 2024?", frozenset()),
        ("Who were hurt in the accidents of 2025?", frozenset()),
        ("Vilka var skadade vid olyckan?", frozenset()),
        ("Vilka fler var med på mötet?", PRESENT),
        ("Who else was at the meeting?", PRESENT),
    ],
)
def test_entries_are_asked_for(question, roles):
    """With the role in the question, or without one if the quote must decide."""
    found = asked(question)
    assert (found.roles, found.is_count, found.is_check) == (roles, False, False)


@pytest.mark.parametrize(
    "question",
    [
        "How many attended the meeting?",
        "How many people were at the meeting?",
        "How many were there?",
        "Hur många deltog på mötet i maj?",
        "Hur många var på mötet?",
        "Hur många medlemmar kom till stämman?",
    ],
)
def test_the_number_of_entries_is_asked_for(question):
    """The list is the same; the answer adds the number."""
    found = asked(question)
    assert (found.roles, found.is_count) == (PRESENT, True)


@pytest.mark.parametrize(
    "question",
    [
        "Was Anna Ek present in January?",
        "Was Anna Ek at the meeting in January?",
        "Deltog Anna Ek på mötet i januari?",
    ],
)
def test_it_is_asked_whether_somebody_is_among_them(question):
    """The list is the same; the answer says whether the name is in it."""
    found = asked(question)
    assert (found.roles, found.is_check) == (PRESENT, True)


@pytest.mark.parametrize(
    "question",
    [
        "How many cranes were counted?",
        "How many food parcels were given out in 2023?",
        "Hur många cyklar kom till marknaden?",
        "How many loaves came to the stall?",
        "How many employees were dismissed in 2025?",
        "How much did the roof cost?",
        "Is the bridge open?",
        "When does the library open?",
        "What is a natura site?",
        "budget 2025",
    ],
)
def test_something_else_is_asked_for(question):
    """A figure, a day or a thing is not a list of people."""
    assert asked(question) is None


def test_one_person_holds_an_office():
    """A chair is one; those present are many."""
    assert asked("Who chaired the meeting?").is_single
    assert not asked("Who attended the meeting?").is_single
