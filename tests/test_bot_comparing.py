"""Versions of a text are shown together, newest first; copies are merged into one citation."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from bot.answer.answer_text import Wording, compose_text
from bot.answer.answerer import Answerer
from bot.answer.citations import cite
from bot.answer.comparing.folding import fold_duplicates
from bot.answer.comparing.versions import Statement, compare, is_newer
from bot.types import Grade, Reading
from corpus.structure.sentences import sentence_spans
from corpus.types import Document, Passage, Period
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.models.loading import load_reader
from embeddings.models.static import StaticEmbedder
from embeddings.types import Hit, PassageEvidence, QuoteEvidence, Source

QUOTE = "Bron stängs för all trafik från den 7 april klockan 8."
MOVED = QUOTE.replace("7 april", "14 april")
REST = " Bron byggdes 1931 och bär 3 100 fordon om dagen. Arbetet kostar 6,8 miljoner kronor."
MARCH, LATER = "2025-03-04", "2025-03-18"


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


def hit(text, quoted, score, path="a.md", published=MARCH, timely=0.0):
    """Return a hit in a document of one passage, quoting a span of it."""
    passage = Passage(path, 0, len(text), text, "", "", sentence_spans(text, 0, len(text), "sv"))
    start = text.index(quoted)
    unit = next(unit for unit in passage.units if unit[0] <= start < unit[1])
    return Hit(
        passage=passage,
        source=Source(path, "Bron", published, "sv", None),
        score=score,
        quote=unit,
        answer=None,
        strength=0.0,
        evidence=QuoteEvidence(0.0, 0.0, 0.0, 0.0, 0.0, timely=0.5),
        matched=PassageEvidence(0.0, 0.0, 0.0, 0.0, timely, 0.0),
        rendered={},
        rarity={},
    )


def fold(*hits, times=(), **how):
    return fold_duplicates(hits, "När stängs bron?", times, **how)


def test_copies_fold_into_one_citation():
    """A quote is shown once, with all other documents that contain it word for word."""
    text = QUOTE + REST
    hits = [
        hit(text, QUOTE, 0.9),
        hit(text.replace(" ", "\n", 3), "Bron\nstängs", 0.8, "b.md", LATER),
        hit(text, "Arbetet kostar", 0.7, "b.md", LATER),
        hit(MOVED, MOVED, 0.6, "c.md"),
    ]
    first, second, work = fold(*hits)
    assert (first.hit, first.also_in) == (hits[0], ("b.md",))
    assert (second.hit, second.also_in) == (hits[3], ())
    assert (work.hit, work.also_in) == (hits[2], ("a.md",))


def test_also_in_is_said_of_the_very_words_alone():
    """Near repeats come last, and are not listed as copies."""
    again = QUOTE.replace("7 april", "7 april 2025")
    hits = [hit(QUOTE, QUOTE, 0.9), hit(again, "Bron", 0.8, "b.md"), hit(REST, "Bron", 0.1, "c.md")]
    assert [(one.hit.source.path, one.also_in) for one in fold(*hits)] == [
        ("a.md", ()),
        ("c.md", ()),
        ("b.md", ()),
    ]


def test_versions_stand_together_the_newest_first():
    """In any order of hits; each says where it differs, and lists its copies."""
    hits = [
        hit(QUOTE + REST, QUOTE, 0.9),
        hit(MOVED + REST, "Arbetet kostar", 0.7, "b.md", LATER),
        hit(MOVED + REST, MOVED, 0.6, "c.md", LATER),
    ]
    newer, older, work = fold(*hits)
    assert (newer.hit.source.path, newer.also_in) == ("b.md", ("c.md",))
    assert [newer.hit.passage.text[slice(*span)] for span in newer.differs_in] == ["den 14 april"]
    assert (older.hit, older.also_in) == (hits[0], ())
    assert [older.hit.passage.text[slice(*span)] for span in older.differs_in] == ["den 7 april"]
    assert newer.matter == older.matter != work.matter
    assert (work.hit, work.also_in) == (hits[1], ("a.md", "c.md"))


def year(number, *, recurring=False):
    return Period(date(number, 1, 1), date(number, 12, 31), str(number), recurring)


def paths(folded):
    return [one.hit.source.path for one in folded]


def test_of_a_time_asked_about_its_own_version_is_shown():
    """Versions of another year come last; if all match, the order is kept."""
    older, newer = hit(QUOTE, QUOTE, 0.9), hit(MOVED, MOVED, 0.8, "b.md", "2026-03-18")
    shown, aside = fold(older, newer, times=[year(2025)])
    assert (shown.hit, aside.hit) == (older, newer)
    assert shown.differs_in == aside.differs_in == ()
    assert paths(fold(older, newer, times=[year(2026)])) == ["b.md", "a.md"]
    same_year = hit(MOVED, MOVED, 0.8, "b.md", LATER)
    assert paths(fold(older, same_year, times=[year(2025)])) == ["a.md", "b.md"]
    assert paths(fold(older, newer, times=[year(2019)])) == ["a.md", "b.md"]


def test_a_title_tells_the_year_before_the_day_of_publication_does():
    """The report of 2024 may have been published in 2025."""
    report = hit(QUOTE, QUOTE, 0.8, "b.md", LATER)
    report = replace(report, source=replace(report.source, title="Bron 2024"))
    assert paths(
        fold(hit(MOVED, MOVED, 0.9, "a.md", "2024-06-01"), report, times=[year(2024)])
    ) == [
        "b.md",
        "a.md",
    ]


def test_a_month_without_a_year_means_the_latest():
    """Of the matching versions the newest comes first; those of another month come last."""
    hits = [
        hit(QUOTE, QUOTE, 0.9, timely=1.0),
        hit(MOVED, MOVED, 0.8, "b.md", LATER, timely=1.0),
        hit(MOVED.replace("14", "28"), "Bron", 0.7, "c.md", "2025-05-05"),
    ]
    times = [Period(date(2025, 3, 1), date(2025, 3, 31), "mars", recurring=True)]
    assert paths(fold(*hits, times=times)) == ["b.md", "a.md", "c.md"]
    assert paths(fold(*hits, times=times, in_order=True)) == ["a.md", "b.md", "c.md"]


def told(*hits, kind="when", language="en"):
    """Return the last line of the answer that cites some hits."""

    def opened(path):
        text = next(one.passage.text for one in hits if one.source.path == path)
        return Document(path, text, (), "Bron", None, "sv", None, "")

    citations = cite(fold(*hits), opened)
    said = Wording(grade=Grade.ANSWER)
    return compose_text(Reading(language, kind, ()), citations, said).splitlines()[-1]


def test_the_answer_tells_what_the_newer_says():
    """In the words of the quotes; with three versions, of each."""
    hits = [hit(QUOTE, QUOTE, 0.9), hit(MOVED, MOVED, 0.8, "b.md", LATER)]
    assert told(*hits) == (
        "[1] (18 March 2025) is newer and says “den 14 april”; "
        "[2] (4 March 2025) said “den 7 april”."
    )
    last = QUOTE.replace("7", "28")
    assert told(*hits, hit(last, last, 0.7, "c.md", "2025-04-01"), language="sv") == (
        "[1] (1 april 2025) är nyare och säger ”den 28 april”; "
        "[2] (18 mars 2025) sa ”den 14 april”; [3] (4 mars 2025) sa ”den 7 april”."
    )


def test_the_answer_claims_no_order_without_dates():
    """Both are stated side by side."""
    hits = [hit(QUOTE, QUOTE, 0.9, published=None), hit(MOVED, MOVED, 0.8, "b.md", None)]
    assert told(*hits) == "[1] says “den 7 april”; [2] says “den 14 april”."


def test_who_was_named_before_is_not_told():
    """People in an older version are only in its quote."""
    old, new = "Badvakt i juni är Alma Strand.", "Badvakt i juni är Edvin Holm."
    hits = [hit(old, old, 0.9), hit(new, new, 0.8, "b.md", LATER)]
    assert told(*hits, kind="who") == (
        "[1] (18 March 2025) is newer and says “Edvin Holm”; "
        "[2] (4 March 2025) said something else."
    )
    undated = [replace(one, source=replace(one.source, published=None)) for one in hits]
    assert told(*undated, kind="who") == "These differ: [1] [2]"


@pytest.mark.parametrize(
    ("question", "said", "otherwise"),
    [
        ("Vem är badvakt?", "Karin Ek är badvakt.", "Olle Ask är badvakt."),
        ("Vem leder mötet?", "Mötet leds av Anna Berg.", "Mötet leds av Anna Borg."),
        ("Vem får delta i loppet?", "Alla får delta i loppet.", "Ingen får delta i loppet."),
        ("Who runs the kiosk?", "The kiosk is run by Ann Hill.", "The kiosk is run by Tom Ford."),
    ],
)
def test_who_is_told_otherwise_elsewhere_is_not_told_alone(tmp_path, question, said, otherwise):
    """However sure the reader is of one, the other is shown beside it."""
    rest = " Uppgifterna gäller hela föreningen i Norrby, och har tagits fram under året."
    for name, day, text in (("a", MARCH, said), ("b", LATER, otherwise)):
        file = tmp_path / "documents" / f"{name}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"# Sida\n\nPublicerad {day}\n\n{text}{rest}\n", encoding="utf-8")
    model = StaticEmbedder()
    build_index(file.parent, tmp_path / "store", model, progress=lambda *_: None)
    with closing(Answerer(Store(tmp_path / "store"), model, reader=load_reader(None))) as answerer:
        answer = answerer.answer(question)
    quoted = " ".join(one.quote for one in answer.citations)
    assert said in quoted
    assert otherwise in quoted
    assert not answer.items
