"""Sections of documents, with the time that each is about."""

import pytest

from corpus.reading import read_document
from corpus.structure.passages import cut_passages
from corpus.structure.sections import place_at, section_at
from corpus.types import Document


@pytest.fixture
def read(tmp_path):
    """Read a document of the given source."""

    def read_source(source: str, name: str = "a.md") -> Document:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source)
        return read_document(tmp_path, file)

    return read_source


def times(document: Document) -> dict[str, str]:
    """Return the time of each section, by its path, as "first" or "first/last"."""
    return {
        " > ".join(section.path): "/".join(dict.fromkeys(section.time)) if section.time else ""
        for section in document.sections
    }


def test_a_lone_date_stands_over_its_equals(read):
    """A heading that is only a date contains those of its level, up to the next date."""
    document = read(
        "# M\n\n## 5 March 2019\n\n## Present\n\n- A\n\n## 7 May 2019\n\n## Present\n\n- B"
    )
    assert times(document) == {
        "5 March 2019": "2019-03-05",
        "5 March 2019 > Present": "2019-03-05",
        "7 May 2019": "2019-05-07",
        "7 May 2019 > Present": "2019-05-07",
    }


@pytest.mark.parametrize(
    ("heading", "time"),
    [
        ("5 februari 2019", "2019-02-05"),
        ("January 12, 2023", "2023-01-12"),
        ("Möte 2024-04-08", "2024-04-08"),
        ("190205", "2019-02-05"),
        ("Styrelsemöte 20190205", "2019-02-05"),
        ("3 maj–14 juni 2025", "2025-05-03/2025-06-14"),
        ("Vecka 38, 2025", "2025-09-15/2025-09-21"),
        ("Week 3 of 2024", "2024-01-15/2024-01-21"),
        ("2024-W03", "2024-01-15/2024-01-21"),
        ("Läsåret 2024/25", "2024-07-01/2025-06-30"),
        ("Q2 2025", "2025-04-01/2025-06-30"),
        ("Spring term 2025", "2025-01-01/2025-06-30"),
        ("Höstterminen 2025", "2025-07-01/2025-12-31"),
        ("03/14/2025", "2025-03-14"),
        ("14/03/2025", "2025-03-14"),
        ("03/04/2025", ""),
        ("2024-13-01", ""),
        ("2024-02-30", ""),
        ("Next meeting 5 March 2024", ""),
    ],
)
def test_a_heading_dates_its_section(read, heading, time):
    """Days, weeks, quarters, terms and ranges in a heading are its section's time."""
    document = read(f"# Notes\n\n## First\n\nOne thing.\n\n## {heading}\n\nAnother thing.")
    assert times(document)[heading] == time


def test_the_year_comes_from_around(read):
    """A day without a year is in the year of the heading around it, or of the path."""
    document = read("# Log\n\n## 2021\n\n### March 1st\n\nRain.\n\n### April 2nd\n\nSun.")
    assert times(document)["2021 > March 1st"] == "2021-03-01"
    document = read("# Log\n\n## March 1st\n\nRain.\n\n## April 2nd\n\nSun.", "notes/2022/log.md")
    assert times(document)["April 2nd"] == "2022-04-02"


@pytest.mark.parametrize(
    ("name", "time"),
    [
        ("2024-01-17.md", "2024-01-17"),
        ("styrelsemote_190205.md", "2019-02-05"),
        ("2024-W03.md", "2024-01-15/2024-01-21"),
    ],
)
def test_a_file_name_dates_the_document(read, name, time):
    """A date in the file name is the time of the whole document."""
    assert times(read("# Minutes\n\n## Present\n\n- A", name)) == {"": time, "Present": time}


def test_a_labelled_line_dates_its_section(read):
    """A "Datum:" line gives its section's time; at the top, the document's."""
    document = read(
        "# Bryggan\n\n## Möte ett\n\nDatum: 5 mars 2024\n\nA."
        "\n\n## Möte två\n\nTid: 7 maj 2024, 18:00\n\nB."
    )
    assert times(document) == {"Möte ett": "2024-03-05", "Möte två": "2024-05-07"}
    document = read("# Protokoll\n\nSammanträdesdatum 2024-03-05\n\n## § 1\n\nMötet öppnas.")
    assert times(document) == {"": "2024-03-05", "§ 1": "2024-03-05"}


def test_a_heading_with_a_date_label_dates_what_it_stands_in(read):
    """A heading "Date: ..." gives the time of its parent section."""
    document = read("# Call 49\n\n### Date/Time: Thursday 2020/10/1\n\n### Talk\n\nWe talked.")
    assert times(document)["Talk"] == "2020-10-01"


def test_a_date_below_the_title_dates_the_document(read):
    """A date under the title, of any size, is the time of all sections."""
    document = read("## Call\n\n##### 8 May 2018\n\nPresent: Dan\n\n### Talk\n\nWe talked.")
    assert times(document)["Talk"] == "2018-05-08"


@pytest.mark.parametrize(
    ("opening", "time"),
    [
        ("Protokoll fört vid Bryggans höstmöte, tisdagen den 20:e december 2011.", "2011-12-20"),
        ("Protokoll från höstmötet 2011, tisdagen den 20 december kl. 19", "2011-12-20"),
        ("Minutes of the meeting held on 5 March 2024 at the club house", "2024-03-05"),
        ("The bridge was opened on 5 March 2024.", None),
    ],
)
def test_the_first_sentence_of_minutes_dates_them(read, opening, time):
    """Minutes that name their day in the first sentence have that time."""
    document = read(f"# Bryggan\n\n{opening}\n\n## § 1\n\nMötet öppnas.")
    assert times(document).get("") == time


@pytest.mark.parametrize(
    ("head", "time"),
    [
        ("**IK Falken**\n\nStyrelsemöte\n2024-08-21, kl 19.00\nKlubbhuset", "2024-08-21"),
        ("# Board minutes\n\nTuesday 14th May 2024", "2024-05-14"),
        ("# Torpa IF\n\nMedlemsmöte 12 mars 2024", "2024-03-12"),
        ("# District\n\nRegular Meeting | January 22, 2024 | 7 pm", "2024-01-22"),
        ("# Årsmötet blev dramatiskt\n\n12 mars 2024", None),
        ("# Board minutes\n\nNext meeting 12 March 2024", None),
    ],
)
def test_the_lines_under_a_title_date_minutes(read, head, time):
    """A day beside the name of a meeting is its day; for news it is the publication date."""
    assert times(read(f"{head}\n\n## § 1\n\nMötet öppnas.")).get("") == time


def test_a_bold_label_heads_only_what_follows_it(read):
    """A bold line with a colon ends the one before, and ends with its list."""
    document = read("# M\n\n**Absent**\n\n- Cia\n\n**Present:**\n\n- Anna\n- Bo\n\nWe ate.\n")
    assert place_at(document, document.text.index("Bo")) == "Present"
    assert place_at(document, document.text.index("We ate")) == ""


def test_section_at_is_the_innermost(read):
    """An offset is in the section of the nearest heading above."""
    document = read("# T\n\nTop.\n\n## A\n\nOne.\n\n### B\n\nTwo.\n\n## C\n\nThree.")
    places = {word: section_at(document, document.text.index(word)) for word in ("Two", "Three")}
    assert {word: place.path for word, place in places.items() if place} == {
        "Two": ("A", "B"),
        "Three": ("C",),
    }
    assert section_at(document, document.text.index("Top")) is None


def test_a_place_is_the_path_of_headings_above_it(read):
    """In a passage of several short sections, each place has its own headings."""
    document = read("# T\n\n## A\n\nOne.\n\n### B\n\nTwo.\n\n## C\n\nThree.")
    assert len(cut_passages(document)) == 1
    words = ("One", "Two", "Three")
    assert [place_at(document, document.text.index(word)) for word in words] == ["A", "A > B", "C"]


def test_meetings_of_one_file_are_passages_apart(read):
    """Sections of different days never share a passage, and each passage has its day."""
    document = read("# Log\n\n## 5 May 2019\n\nWe rowed.\n\n## 6 May 2019\n\nWe swam.")
    assert [passage.times for passage in cut_passages(document)] == [
        (("2019-05-05", "2019-05-05"),),
        (("2019-05-06", "2019-05-06"),),
    ]


def test_a_day_that_others_stand_beside_is_no_title(read):
    """Notes that start with the latest meeting are not all of that day."""
    document = read("## 2024-04-17\n\nWe rowed.\n\n## 2024-04-03\n\nWe swam.", "notes.md")
    assert document.title != "2024-04-17"
    assert list(times(document)) == ["2024-04-17", "2024-04-03"]
