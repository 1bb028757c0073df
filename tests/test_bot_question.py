"""Parsing questions in both languages, with typing errors."""

from datetime import date

import pytest

from bot.question.reading import in_year, read_question

TODAY = date(2026, 2, 10)


def dates_of(question: str) -> list[str]:
    """Return the periods of a question as "from..to", with "*" for any year."""
    periods = read_question(question, TODAY).periods
    return [f"{one.start}..{one.end}{'*' * one.recurring}" for one in periods]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("who attended the January meeting", "who"),
        ("Whose idea was it?", "who"),
        ("who's the chair", "who"),
        ("vilka var med i januari", "list"),
        ("räkna upp alla deltagare", "list"),
        ("what was decided", "what"),
        ("när öppnar skolan", "when"),
        ("What time does it start?", "when"),
        ("hur dags börjar mötet", "when"),
        ("var ligger skolan", "where"),
        ("vart åkte ministern", "where"),
        ("varför stängdes bron", "why"),
        ("how come the bridge closed", "why"),
        ("hur kommer det sig att bron stängdes", "why"),
        ("hur mkt kostade det", "how_much"),
        ("Vad kostar taket?", "how_much"),
        ("What does the roof cost?", "how_much"),
        ("antal deltagare", "how_much"),
        ("Was the meeting held in January?", "yesno"),
        ("deltog ministern i mötet", "yesno"),
        ("May the board decide alone?", "yesno"),
        ("protokoll bygdegården", None),
    ],
)
def test_kinds(question, kind):
    """The kind follows from the question word, or from a verb at the start."""
    assert read_question(question, TODAY).kind == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("can you tell me who was at the meeting", "who"),
        ("may I ask who chairs the board", "who"),
        ("do you know when the library opens", "when"),
        ("vet du när biblioteket öppnar", "when"),
        ("jag undrar hur många som kom", "how_much"),
        ("ehh alltså vem var det som va med på mötet", "who"),
    ],
)
def test_courtesies_ask_for_nothing(question, kind):
    """Polite openings are ignored."""
    assert read_question(question, TODAY).kind == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("wat was decided", "what"),
        ("whn does the school open", "when"),
        ("vme deltog i mötet", "who"),
        ("vilak deltog i mötet", "list"),
        ("vafför stängdes bron", "why"),
        ("varfor stangdes bron", "why"),
        ("nar oppnar skolan", "when"),
        ("here is the school", None),
        ("vet någon något", None),
    ],
)
def test_misspelt_question_words(question, kind):
    """One error, or missing dots, is corrected; other words are left alone."""
    assert read_question(question, TODAY).kind == kind


@pytest.mark.parametrize(
    ("question", "expected", "said"),
    [
        ("who atended the janurai meeting", "2026-01-01..2026-01-31*", "janurai"),
        ("what hapened in febuary", "2026-02-01..2026-02-28*", "febuary"),
        ("mötet i janauri 2024, vem var där", "2024-01-01..2024-01-31", "janauri 2024"),
        ("decemeber minutes", "2025-12-01..2025-12-31*", "decemeber"),
        ("the meeting in Setpember", "2025-09-01..2025-09-30*", "Setpember"),
        ("i agusti 2024", "2024-08-01..2024-08-31", "agusti 2024"),
        ("in ocotber who came", "2025-10-01..2025-10-31*", "ocotber"),
    ],
)
def test_misspelt_months(question, expected, said):
    """A month with one error is recognised, and repeated as typed."""
    assert dates_of(question) == [expected]
    assert read_question(question, TODAY).periods[0].said == said


@pytest.mark.parametrize(
    "question",
    [
        "how big is the 2026 budget",
        "what is in the budget for 2026",
        "vad innehåller budgeten för 2026",
        "Vad säger 2025 års budget?",
        "vad säger Agenda 2030",
        "vad är EU:s 2030-mål",
        "what are the 2030 climate goals",
        "hur går det med målen till 2045",
        "vem skrev årsredovisningen för 2023",
        "who wrote the 2023 annual report",
        "vad står i verksamhetsplanen 2025",
        "hur mycket fick skolorna inför 2025",
    ],
)
def test_a_year_that_names_the_topic_is_no_period(question):
    """What is made for a year may be from another."""
    assert dates_of(question) == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("vad beslutade styrelsen 2024?", "2024-01-01..2024-12-31"),
        ("What happened in 2023 and what did it cost?", "2023-01-01..2023-12-31"),
        ("what was said of the budget in March 2023", "2023-03-01..2023-03-31"),
        ("Vad sa de om budgeten för 2024 i maj 2023?", "2023-05-01..2023-05-31"),
        ("how did calls grow from 2022 to 2023", "2022-01-01..2023-12-31"),
        ("valet 2022", "2022-01-01..2022-12-31"),
        ("What happened in August? Sweden decided.", "2025-08-01..2025-08-31*"),
    ],
)
def test_other_years_and_months_are_periods(question, expected):
    """A year in which something was done is a time."""
    assert dates_of(question) == [expected]


@pytest.mark.parametrize("name", ["April Andersson", "Maj Sjöwall", "August Strindberg"])
def test_people_named_like_months(name):
    """A month before a surname is a given name."""
    assert dates_of(f"Vem är {name}?") == []
    assert read_question(f"Vem är {name}?", TODAY).insists[-1].endswith(name.split()[1])


@pytest.mark.parametrize(
    ("question", "insists"),
    [
        ("Who attended the January meeting?", ()),
        ("vem är karin lindqvist", ()),
        ("WHO IS KARIN LINDQVIST", ()),
        ("Who Is The Chair Of The Board", ()),
        (
            'Vad sa Karin Lindqvist och Per-Olof Nyström om "den nya bron"?',
            ("Karin Lindqvist", "Per-Olof Nyström", "den nya bron"),
        ),
        ("What did FAO say about 4.3 billion kronor?", ("FAO", "4.3")),
        ("How many CV90s did Denmark give in May 2023?", ("CV90s", "Denmark")),
        ("What is in the 2026 budget?", ("2026",)),
        ("What's in Karin's report?", ("Karin",)),
        ("Did the Swedish government meet the European Commission?", ("European Commission",)),
        ("vad sa ‘Lilla hjärtat’ om 50 000 kronor?", ("Lilla hjärtat", "50 000")),
        ("Hur röstade SD och KD om Stockholm+50?", ("SD", "KD", "Stockholm+50")),
        ("What did Saab do? When did Volvo answer?", ("Saab", "Volvo")),
    ],
)
def test_what_a_question_insists_on(question, insists):
    """Names, acronyms, figures and quoted phrases, without parts of dates."""
    assert read_question(question, TODAY).insists == insists


def test_a_year_can_be_chosen():
    """A month without a year is moved; one with a year stays."""
    reading = read_question("Who met in January, and in March 2023?", TODAY)
    chosen = in_year(reading, 2024).periods
    assert [str(one.start) for one in chosen] == ["2024-01-01", "2023-03-01"]
