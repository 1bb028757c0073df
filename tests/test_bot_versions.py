"""Two statements are versions of one if they hardly differ; the date or a title tells the newer."""

from dataclasses import replace

import pytest
from bridge_texts import LATER, MARCH, MOVED, QUOTE, REST

from bot.answer.comparing.versions import Statement, compare, is_newer


def said(text, document="a.md", title="Bron", published=MARCH, language="sv", **others):
    return Statement(text, 0, document, language, title, "", published, text, **others)


def differing(text, other, question="", language="sv", titles=("Bron", "Bron"), **others):
    """Return the differing pairs of words of two texts; None if they are unrelated."""
    one = said(text, title=titles[0], language=language, **others)
    two = said(other, "b.md", titles[1], LATER, language)
    found = compare(one, two, question)
    if found is None:
        return None
    return [(text[slice(*mine)], other[slice(*theirs)]) for mine, theirs in found]


@pytest.mark.parametrize(
    ("text", "other", "pieces"),
    [
        (QUOTE, MOVED, [("den 7 april", "den 14 april")]),
        (
            "Avgiften är 180 kronor per natt.",
            "Avgiften är 220 kronor per natt.",
            [("180 kronor", "220 kronor")],
        ),
        (
            "Nämnden beslutar att bevilja bygglov.",
            "Nämnden beslutar att inte bevilja bygglov.",
            [("bevilja", "inte bevilja")],
        ),
        (
            "Badvakt i juni är Alma Strand.",
            "Badvakt i juni är Edvin Holm.",
            [("Alma Strand", "Edvin Holm")],
        ),
        (
            "Verket tar emot besök på torsdagar.",
            "Verket tar emot besök på tisdagar.",
            [("torsdagar", "tisdagar")],
        ),
        (
            "Om sopor ringer man Eva Ek på 0771-100 02.",
            "Om sopor ringer man Bo Al på 0771-100 03.",
            [("Eva Ek", "Bo Al"), ("0771-100 02", "0771-100 03")],
        ),
        (QUOTE, QUOTE, []),
        (QUOTE, QUOTE.replace("7 april", "7 april 2025"), []),
    ],
)
def test_what_differs(text, other, pieces):
    """A differing figure, date, name or "not" is reported in full and verbatim."""
    assert differing(text, other) == pieces


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("The price for adults is 100 kr.", "The price for children is 50 kr."),
        ("The bridge closes on 7 April.", "The ferry closes on 9 April."),
        ("The bridge closes on 7 April.", "The bridge opens again on 14 April."),
        ("The price is 100 kr.", "The price for children is 50 kr."),
        ("The library is open until six.", "The pool is open until six."),
        ("The board bought a new mower.", "The board has talked of the mower."),
    ],
)
def test_two_matters(text, other):
    """Texts on another subject, or with many other words, are not versions."""
    assert differing(text, other, language="en") is None


@pytest.mark.parametrize(
    ("text", "other", "pieces"),
    [
        (
            "The buses start running on 17 March.",
            "Correction: the buses start running on 7 April, not on 17 March as we said before.",
            [("17 March", "7 April")],
        ),
        (
            "The lunch costs £9 and is cooked by Dottie Ladle.",
            "Correction: the lunch costs £7, not £9 as we wrote in issue 31.",
            [("£9", "£7")],
        ),
        (
            "The duck race takes place on Saturday 8 June at noon.",
            "The duck race is moved from Saturday 8 June to Saturday 22 June at noon.",
            [("Saturday 8 June", "Saturday 22 June")],
        ),
    ],
)
def test_a_correction_differs_in_more(text, other, pieces):
    """A correction may be reworded; the value that it retracts is not reported."""
    assert differing(text, other, language="en") == pieces


def test_a_correction_of_something_else():
    """A corrected price is not a version of the sentence about who cooks."""
    text = "The lunch costs £9 and is cooked by Dottie Ladle."
    cook = (text.index("Dottie"), len(text) - 1)
    other = "Correction: the lunch costs £7, not £9 as we wrote in issue 31."
    assert differing(text, other, language="en", answer=cook) is None


OPPOSITES = [
    ("sv", "Badplatsen i Norrby är {} hela sommaren.", "öppen", "stängd"),
    ("sv", "Nämnden har {} ansökan om bygglov för ladan.", "godkänt", "avslagit"),
    ("sv", "Anmälan ska lämnas {} mötet med styrelsen.", "före", "efter"),
    ("sv", "Styrelsen röstade {} den nya vägen.", "för", "mot"),
    ("sv", "Årsavgiften {} från och med nästa vår.", "höjs", "sänks"),
    ("sv", "Bron är {}.", "öppen", "stängd"),
    ("en", "The library is {} on Sundays in winter.", "open", "closed"),
    ("en", "The committee {} the application for the barn.", "approved", "rejected"),
    ("en", "Forms are handed in {} the meeting.", "before", "after"),
    ("en", "The annual fee will {} next spring.", "rise", "fall"),
    ("en", "The board voted {} the new road.", "for", "against"),
    ("en", "Dogs are allowed {} a lead.", "with", "without"),
    ("en", "The bus stops {} the school.", "at", "only at"),
]


@pytest.mark.parametrize(("language", "sentence", "old", "new"), OPPOSITES)
def test_any_word_may_make_another_version(language, sentence, old, new):
    """Opposites without "not" are versions; a word that only one has is reported too."""
    pair = sentence.format(old), sentence.format(new)
    assert differing(*pair, language=language) == [(old, new)]


def test_what_the_other_text_says_as_well_was_not_changed():
    """Two places in the same list are not versions of each other."""
    open_until_six = "Till sex är {} öppen."
    pair = [open_until_six.format(place) for place in ("simhallen", "ishallen")]
    both = " ".join(pair)
    one, other = said(pair[0]), replace(said(pair[1], "b.md"), around=both)
    assert compare(one, other) is None
    assert compare(one, replace(other, around=pair[1]))


def test_what_a_question_asks_for_by_its_name_has_no_other_version():
    """But for a yes-no question the opposite is a version."""
    pair = ("Styrelsen köpte en gräsklippare.", "Styrelsen köpte en snöslunga.")
    assert differing(*pair, "När köpte styrelsen en gräsklippare?") is None
    assert differing(*pair, "Vad köpte styrelsen?") == [("gräsklippare", "snöslunga")]
    pair = ("The pool is open in June.", "The pool is closed in June.")
    assert differing(*pair, "Is the pool open?", "en") == [("open", "closed")]


def test_two_meetings_decide_two_things():
    """Purchases at two meetings are not versions of each other."""
    one = said("Styrelsen köpte en gräsklippare.", times=((MARCH, MARCH),))
    other = said("Styrelsen köpte en snöslunga.", "b.md", times=((LATER, LATER),))
    assert compare(one, other) is None
    assert compare(one, replace(other, times=one.times))


def test_in_copies_of_a_text_any_word_differs():
    """If all text around is the same, a sentence is a version whatever the question names."""
    pair = ("Öppet på söndagar.", "Stängt på söndagar.")
    one, other = (
        replace(said(text, document), around=text + REST)
        for text, document in zip(pair, ("a.md", "b.md"), strict=True)
    )
    assert compare(one, other, "När är det öppet på söndagar?") == (((0, 5), (0, 6)),)


def test_titles_tell_two_texts_apart():
    """The same sentence about another library is no version; another year or a draft is."""
    hours = ("Biblioteket är öppet till klockan 18 alla dagar.",)
    other = hours[0].replace("18", "20")
    titles = ("Norrby bibliotek", "Söderby bibliotek")
    assert differing(*hours, other, titles=titles) is None
    assert differing(*hours, other, titles=("Öppettider 2024", "Öppettider 2025"))
    assert differing(*hours, other, titles=("Utkast: öppettider", "Öppettider i Norrby"))


def test_the_question_tells_which_is_meant():
    """If it names a year or place that only one has, the other is not a version."""
    fees = ("Årsavgiften 2023 är 200 kronor.", "Årsavgiften 2024 är 250 kronor.")
    assert differing(*fees, "Vad är årsavgiften 2023?") is None
    assert differing(*fees, "Vad är årsavgiften?") == [
        ("2023", "2024"),
        ("200 kronor", "250 kronor"),
    ]


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ({"published": LATER}, {"published": MARCH}),
        ({"published": "2025"}, {"published": "2024-05"}),
        ({"published": None, "title": "Rättelse: bron"}, {"published": None}),
        ({"published": None}, {"published": None, "title": "Utkast: bron"}),
        ({"published": MARCH, "title": "Updated: bron"}, {"published": MARCH}),
    ],
)
def test_newer(newer, older):
    """The date decides; without it, a title with "correction" or "draft"."""
    assert is_newer(said(QUOTE, **newer), said(QUOTE, **older))
    assert not is_newer(said(QUOTE, **older), said(QUOTE, **newer))


def test_no_order_without_dates():
    """Of two undated texts, or if one date includes the other, neither is newer."""
    assert not is_newer(said(QUOTE, published=None), said(MOVED, published=MARCH))
    assert not is_newer(said(QUOTE, published="2025"), said(MOVED, published=MARCH))
