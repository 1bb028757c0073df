"""Letters in plain text: the day beside the place where one was written is its date."""

import pytest

from corpus.reading import read_document

BODY = "Vi vill ha en bänk vid ån, och en lampa bredvid den.\n\nMed vänlig hälsning\n"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Norrby den 12 april 2023\n\nHej!\n\n{}Anna Ek", "2023-04-12"),
        ("Anna Ek\nStorgatan 1\n\nStockholm 2023-04-12\n\nTill kommunen\n\n{}", "2023-04-12"),
        ("Hej!\n\n{}Norrby onsdagen den 12 april 2023\n\nAnna Ek", "2023-04-12"),
        ("Malmö, 3 May 2021\n\nDear all,\n\n{}Ann Hill", "2021-05-03"),
        ("Dear all,\n\n{}New Town, Monday 3 May 2021.\n\nAnn Hill", "2021-05-03"),
        ("Norrby den 12 april\n\n{}", None),
        ("Nästa Möte 12 maj 2023\n\n{}", None),
        ("Board Meeting, 12 May 2023\n\n{}", None),
        ("Konserten hålls i Norrby den 12 april 2023\n\n{}", None),
        ("Hej!\n\n{0}{0}{0}{0}{0}{0}Norrby den 12 april 2023\n\n{0}{0}{0}{0}{0}{0}{0}", None),
    ],
)
def test_a_letter_has_the_day_of_its_place_and_date(tmp_path, text, day):
    """At its head or foot, in a line of its own; not what is to come, nor what the letter tells."""
    file = tmp_path / "brev.txt"
    file.write_text(text.format(BODY), encoding="utf-8")
    assert read_document(tmp_path, file).published == day
