"""Roles of people in list labels and questions."""

import pytest

from corpus.languages.base import Role
from corpus.languages.roles import asked_roles, excluded_roles, roles_in

CHAIR, VICE, SECRETARY = Role.CHAIR, Role.VICE_CHAIR, Role.SECRETARY
PRESENT, ABSENT, REMOTE, GUEST = Role.PRESENT, Role.ABSENT, Role.REMOTE, Role.GUEST


@pytest.mark.parametrize(
    ("label", "roles"),
    [
        ("Present", {PRESENT}),
        ("## Närvarande:", {PRESENT}),
        ("**Attendees**", {PRESENT}),
        ("Roll call", {PRESENT}),
        ("With:", {PRESENT}),
        ("With thanks to", set()),
        ("Regrets", {ABSENT}),
        ("Frånvarande", {ABSENT}),
        ("Anmält förhinder", {ABSENT}),
        ("Not present", {ABSENT}),
        ("Ej närvarande", {ABSENT}),
        ("Members who did not attend", {ABSENT}),
        ("Remote attendees", {PRESENT, REMOTE}),
        ("Deltog på distans", {PRESENT, REMOTE}),
        ("Guests", {GUEST}),
        ("Adjungerade", {GUEST}),
        ("Kallade", {Role.INVITED}),
        ("Chair", {CHAIR}),
        ("Vice chair", {VICE}),
        ("Vice ordförande", {VICE}),
        ("Chair and vice chair", {CHAIR, VICE}),
        ("Sekreterare", {SECRETARY}),
        ("Note taker", {SECRETARY}),
        ("Justerare", {Role.ADJUSTER}),
        ("Kassör", {Role.TREASURER}),
        ("Röstade för", {Role.FOR}),
        ("Voted against", {Role.AGAINST}),
        ("Abstained", {Role.ABSTAINED}),
        ("Agenda", set()),
        ("", set()),
    ],
)
def test_what_a_label_says_of_its_entries(label, roles):
    """In both languages; "not" negates a role, and a vice chair is not a chair."""
    assert roles_in(label) == roles


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        ("Who attended the January meeting?", {PRESENT}),
        ("Who was at the March 23 2022 meeting?", {PRESENT}),
        ("Vem deltog på mötet i januari?", {PRESENT}),
        ("Vilka var med på vårmötet?", {PRESENT}),
        ("Who did NOT attend the meeting?", {ABSENT}),
        ("Who didn't come to the February meeting?", {ABSENT}),
        ("Vilka saknades på styrelsemötet?", {ABSENT}),
        ("Vilka var inte närvarande?", {ABSENT}),
        ("Vilka kunde inte komma till mötet?", {ABSENT}),
        ("Who could not make it to the meeting?", {ABSENT}),
        ("Vem var kallad men kom inte till mötet?", {Role.INVITED, ABSENT}),
        ("Vilka satt i juryn för kortfilmspriset?", set()),
        ("Vilka röstade för nedläggningen?", {Role.FOR}),
        ("Vilka deltog på distans den 4 juni 2019?", {PRESENT, REMOTE}),
        ("Who attended remotely?", {PRESENT, REMOTE}),
        ("Who voted against the proposal?", {Role.AGAINST}),
        ("Vem reserverade sig mot beslutet?", {Role.AGAINST}),
        ("Who chaired the meeting?", {CHAIR}),
        ("Vem ledde mötet?", {CHAIR}),
        ("Who is vice chair?", {VICE}),
        ("Vem är vice ordförande?", {VICE}),
        ("Who took the notes?", {SECRETARY}),
        ("How much did the roof cost?", set()),
        ("Vad beslutades om taket?", set()),
    ],
)
def test_what_a_question_asks_for(question, roles):
    """The role of those asked for: "did not attend" asks for the absent."""
    assert asked_roles(question) == roles


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        ("Which guests who had not been summoned attended?", {Role.INVITED}),
        ("Vem deltog, men inte på distans?", {REMOTE}),
        ("Who did not attend?", set()),
        ("Who attended?", set()),
    ],
)
def test_what_those_asked_for_are_not(question, roles):
    """A "not" belongs to the next role; a role with an opposite becomes that."""
    assert excluded_roles(question) == roles
