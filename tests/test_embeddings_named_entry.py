"""Which entry of a list a question names, and what is read again because of it."""

import pytest
from made_up import KnowingReader, evidence

from corpus.types import Passage
from corpus.words import content_words
from embeddings.models.static import StaticEmbedder
from embeddings.search.document_units import TakenApart
from embeddings.search.named_entry import named_entry
from embeddings.search.quote_selection import WITH_READER, Quote, ReadUnit
from embeddings.search.second_reading import Matter, read_again
from embeddings.search.unit_evidence import UNIT_WEIGHTS, units_of
from embeddings.types import Source, UnitVerdict

RIDES = (
    "Saturday 3 May: Mill lane loop, 30 km, leader Ossian",
    "Saturday 17 May: Ridge climb, 70 km, leader Petra",
    "Saturday 31 May: Ice cream ride, children welcome",
)
MODEL = StaticEmbedder()


def listed(lines, units=None):
    """Return lines as a passage, a single unit if no others are given."""
    text = "\n".join(lines)
    return Passage("a.md", 40, 40 + len(text), text, "", "", units or ((40, 40 + len(text)),))


def named(question, passage, language="en"):
    """Return the text that the question names."""
    quote = (passage.start, passage.end)
    start, end = named_entry(passage, quote, content_words(question, language), MODEL)
    return passage.text[start - 40 : end - 40]


def test_the_line_with_the_words_of_the_question_is_named():
    """So it is in the other language, by meaning."""
    assert named("Who leads the ice cream ride?", listed(RIDES)) == RIDES[2]
    assert named("Vem leder glassturen?", listed(RIDES), "sv") == RIDES[2]


@pytest.mark.parametrize("question", ["Who leads the rides in May?", "Who is the treasurer?", "?!"])
def test_words_of_no_line_or_of_all_name_none(question):
    """The list is then read whole."""
    passage = listed(RIDES)
    assert named(question, passage) == passage.text


def test_a_line_that_leads_on_stands_for_those_after_it():
    """Whether it ends in a colon, or is the first of a unit of several lines."""
    signed = listed(["Read at the meeting.", "Signed by:", "Bo Ek, baker", "Siv Ny, smith"])
    assert named("Who signed it?", signed) == signed.text
    lines = ["Maps", "Bo Ek", "Photographs", "Siv Ny"]
    spans = ((40, 50), (51, 51 + len("Photographs\nSiv Ny")))
    heads = listed(lines, spans)
    assert named("Who works with photographs?", heads) == heads.text


def quote_of(passage, answer):
    """Return a quote of a whole passage in which a reader took some words for the answer."""
    start = passage.start + passage.text.index(answer)
    span = (start, start + len(answer))
    sure = evidence(document=0.5, passage_read=6.0, unit_read=6.0)
    unit = ReadUnit("a.md", 0, sure, UnitVerdict(6.0, span, 1.0), span)
    return Quote(unit, passage, (passage.start, passage.end), unit.score(WITH_READER))


def read(question, passage, answer, reader, matter=True):
    """Return the quote, read again."""
    source = Source("a.md", "Rides", None, "en", None)
    apart = TakenApart(source, units_of([passage]), UNIT_WEIGHTS, {}, {})
    words = Matter(content_words(question, "en"), MODEL) if matter else None
    (again,) = read_again(question, [quote_of(passage, answer)], {"a.md": apart}, reader, words)
    return again


def test_another_entrys_answer_is_none():
    """The entry that is named does not answer, so neither does the list."""
    reader = KnowingReader(leads="Petra")
    again = read("Who leads the ice cream ride?", listed(RIDES), "Petra", reader)
    ((_, (seen,)),) = reader.asked
    assert seen.text == RIDES[2]
    assert (again.unit.evidence.passage_read, again.unit.evidence.unit_read) == (-8.0, -8.0)
    assert again.score < quote_of(listed(RIDES), "Petra").score


def test_the_named_entrys_own_answer_takes_the_others_place():
    """The reader had taken the words of another line."""
    passage = listed(RIDES)
    again = read("Who leads the ridge climb?", passage, "Ossian", KnowingReader(leads="Petra"))
    start, end = again.unit.answer
    assert passage.text[start - 40 : end - 40] == "Petra"
    assert again.unit.evidence.unit_read == 8.0


def test_a_list_is_read_whole_where_all_of_it_is_asked_for():
    """And where the answer stands in the entry that is named."""
    reader = KnowingReader(leads="Petra")
    read("Who leads the ice cream ride?", listed(RIDES), "Petra", reader, matter=False)
    read("Who leads the ridge climb?", listed(RIDES), "Petra", reader)
    assert [seen.text for _, (seen,) in reader.asked] == [listed(RIDES).text] * 2
