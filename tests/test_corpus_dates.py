"""Periods named in questions and texts, and publication dates."""

from datetime import date

import pytest

from corpus.dates.periods import find_periods, in_year
from corpus.dates.publication import published_date
from corpus.types import Period

TODAY = date(2026, 2, 10)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "start", "end", "said"),
    [
        ("15 januari 2026", "2026-01-15", "2026-01-15", "15 januari 2026"),
        ("den 15:e januari 2026", "2026-01-15", "2026-01-15", "den 15:e januari 2026"),
        ("on 15 Jan 2026", "2026-01-15", "2026-01-15", "15 Jan 2026"),
        ("January 15th, 2026", "2026-01-15", "2026-01-15", "January 15th, 2026"),
        ("the 3rd of May 2024", "2024-05-03", "2024-05-03", "the 3rd of May 2024"),
        ("mötet 2026-01-15.", "2026-01-15", "2026-01-15", "2026-01-15"),
        ("juldagen 2022", "2022-12-25", "2022-12-25", "juldagen 2022"),
        ("on Christmas Eve 2021", "2021-12-24", "2021-12-24", "Christmas Eve 2021"),
        ("New Year’s Day, 2024", "2024-01-01", "2024-01-01", "New Year’s Day, 2024"),
        ("långfredagen 2024", "2024-03-29", "2024-03-29", "långfredagen 2024"),
        ("Whit Monday 2025", "2025-06-09", "2025-06-09", "Whit Monday 2025"),
        ("midsommarafton 2023", "2023-06-23", "2023-06-23", "midsommarafton 2023"),
        ("15/1 2026", "2026-01-15", "2026-01-15", "15/1 2026"),
        ("24–26 november 2023", "2023-11-24", "2023-11-26", "24–26 november 2023"),
        ("March 20–21, 2025", "2025-03-20", "2025-03-21", "March 20–21, 2025"),
        ("i mars 2023", "2023-03-01", "2023-03-31", "mars 2023"),
        ("sept. 2023", "2023-09-01", "2023-09-30", "sept. 2023"),
        ("what happened in may 2020", "2020-05-01", "2020-05-31", "may 2020"),
        ("February 2024", "2024-02-01", "2024-02-29", "February 2024"),
        ("i mars förra året", "2025-03-01", "2025-03-31", "mars förra året"),
        ("spring 2025", "2025-03-01", "2025-05-31", "spring 2025"),
        ("the summer of 2024", "2024-06-01", "2024-08-31", "summer of 2024"),
        ("hösten 2023", "2023-09-01", "2023-11-30", "hösten 2023"),
        ("vintern 2024", "2023-12-01", "2024-02-29", "vintern 2024"),
        ("Q1 2024", "2024-01-01", "2024-03-31", "Q1 2024"),
        ("första kvartalet 2024", "2024-01-01", "2024-03-31", "första kvartalet 2024"),
        ("second half of 2024", "2024-07-01", "2024-12-31", "second half of 2024"),
        ("vecka 12 2024", "2024-03-18", "2024-03-24", "vecka 12 2024"),
        ("budget 2023?", "2023-01-01", "2023-12-31", "2023"),
        ("1990-talet", "1990-01-01", "1999-12-31", "1990-talet"),
        ("läsåret 2023/24", "2023-07-01", "2024-06-30", "2023/24"),
        ("budget 2024-25", "2024-07-01", "2025-06-30", "2024-25"),
        ("säsongen 2024–25", "2024-07-01", "2025-06-30", "2024–25"),
        ("2011-12", "2011-12-01", "2011-12-31", "2011-12"),
        ("vintern 2022-23", "2022-12-01", "2023-02-28", "vintern 2022-23"),
        ("winter of 2022/23", "2022-12-01", "2023-02-28", "winter of 2022/23"),
        ("in January 2022/23", "2023-01-01", "2023-01-31", "January 2022/23"),
        ("in early 2024", "2024-01-01", "2024-04-30", "early 2024"),
        ("i början av 2024", "2024-01-01", "2024-04-30", "i början av 2024"),
        ("slutet av november 2021", "2021-11-21", "2021-11-30", "slutet av november 2021"),
        ("end of October 2023", "2023-10-22", "2023-10-31", "end of October 2023"),
        ("between March and May 2023", "2023-03-01", "2023-05-31", "March and May 2023"),
        ("mellan mars och maj 2023", "2023-03-01", "2023-05-31", "mars och maj 2023"),
        ("från november till mars 2023", "2022-11-01", "2023-03-31", "november till mars 2023"),
        ("2021–2023", "2021-01-01", "2023-12-31", "2021–2023"),
        ("mellan 2015 och 2018", "2015-01-01", "2018-12-31", "2015 och 2018"),
        ("since 2021", "2021-01-01", "2026-02-10", "since 2021"),
        ("sedan mars 2023", "2023-03-01", "2026-02-10", "sedan mars 2023"),
        ("last year", "2025-01-01", "2025-12-31", "last year"),
        ("i fjol", "2025-01-01", "2025-12-31", "i fjol"),
        ("i år", "2026-01-01", "2026-12-31", "i år"),
        ("last month", "2026-01-01", "2026-01-31", "last month"),
        ("förra veckan", "2026-02-02", "2026-02-08", "förra veckan"),
        ("nästa år", "2027-01-01", "2027-12-31", "nästa år"),
        ("yesterday", "2026-02-09", "2026-02-09", "yesterday"),
        ("igår", "2026-02-09", "2026-02-09", "igår"),
        ("last January", "2026-01-01", "2026-01-31", "last January"),
        ("i fredags", "2026-02-06", "2026-02-06", "i fredags"),
        ("last Tuesday", "2026-02-03", "2026-02-03", "last Tuesday"),
        ("på fredag", "2026-02-13", "2026-02-13", "på fredag"),
        ("next Tuesday", "2026-02-17", "2026-02-17", "next Tuesday"),
        ("i förrgår", "2026-02-08", "2026-02-08", "i förrgår"),
        ("the day before yesterday", "2026-02-08", "2026-02-08", "the day before yesterday"),
        ("two years ago", "2024-01-01", "2024-12-31", "two years ago"),
        ("för tre månader sedan", "2025-11-01", "2025-11-30", "för tre månader sedan"),
        ("3 weeks ago", "2026-01-19", "2026-01-25", "3 weeks ago"),
        ("de senaste två åren", "2024-02-10", "2026-02-10", "de senaste två åren"),
        ("in the past three months", "2025-11-10", "2026-02-10", "the past three months"),
        ("förrförra året", "2024-01-01", "2024-12-31", "förrförra året"),
        ("20240114", "2024-01-14", "2024-01-14", "20240114"),
        ("2024/01/14", "2024-01-14", "2024-01-14", "2024/01/14"),
        ("2024/1/14", "2024-01-14", "2024-01-14", "2024/1/14"),
        ("31-01-2024", "2024-01-31", "2024-01-31", "31-01-2024"),
        ("styrelsemöte nr 7/2023", "2023-01-01", "2023-12-31", "7/2023"),
        ("Protokoll från styrelsemöte 7/2023", "2023-01-01", "2023-12-31", "7/2023"),
        ("mötet 14/1-24", "2024-01-14", "2024-01-14", "14/1-24"),
        ("01/2024", "2024-01-01", "2024-01-31", "01/2024"),
        ("H1 2024", "2024-01-01", "2024-06-30", "H1 2024"),
        ("2024 Q1", "2024-01-01", "2024-03-31", "2024 Q1"),
        ("läsåret 23/24", "2023-07-01", "2024-06-30", "läsåret 23/24"),
        ("90-talet", "1990-01-01", "1999-12-31", "90-talet"),
        ("the third of March 2024", "2024-03-03", "2024-03-03", "the third of March 2024"),
        ("i höstas", "2025-09-01", "2025-11-30", "höstas"),
        ("3 oktober 2014 till den 20 januari 2019", "2014-10-03", "2019-01-20", None),
    ],
)
def test_a_period_is_named(text, start, end, said):
    """Days, months, seasons, quarters, weeks, years and ranges in both languages."""
    (period,) = find_periods(text, TODAY)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert period.said == (said or text)
    assert not period.recurring


@pytest.mark.parametrize(
    ("text", "start", "end", "said"),
    [
        ("who attended the January meeting", "2026-01-01", "2026-01-31", "January"),
        ("vem deltog på januarimötet", "2026-01-01", "2026-01-31", "januari"),
        ("Vem deltog på mötet i mars?", "2025-03-01", "2025-03-31", "mars"),
        ("the meeting in May", "2025-05-01", "2025-05-31", "May"),
        ("den 15 mars", "2025-03-15", "2025-03-15", "den 15 mars"),
        ("på våren", "2025-03-01", "2025-05-31", "våren"),
        ("första maj", "2025-05-01", "2025-05-01", "första maj"),
        ("vad sas den 14/1", "2026-01-14", "2026-01-14", "den 14/1"),
        ("14–16 jan", "2026-01-14", "2026-01-16", "14–16 jan"),
        ("vecka 3", "2026-01-12", "2026-01-18", "vecka 3"),
    ],
)
def test_without_a_year_any_will_do(text, start, end, said):
    """A month, day or season alone is the latest that has begun, and recurring."""
    (period,) = find_periods(text, TODAY)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert (period.said, period.recurring) == (said, True)


@pytest.mark.parametrize(
    "text",
    [
        "May I ask who may march with us",
        "it cost 2024 kronor",
        "prop. 2023/24:100",
        "04-03-2024",
        "dnr S2022/03297",
        "tel. 08-2023 45",
        "majoritet, marschen och juniorer",
        "vår förening",
        "Agenda 2030",
        "3/4 of them",
        "9 personer",
    ],
)
def test_what_only_looks_like_a_date(text):
    """Verbs, amounts, case numbers and compounds are not dates."""
    assert find_periods(text, TODAY) == ()


def test_several_periods_come_in_order():
    """Each is found once, and `said` is a part of the text."""
    text = "Beslutet från mars 2023 ändrades den 5 maj 2024 och igen i juni."
    periods = find_periods(text, TODAY)
    assert [period.said for period in periods] == ["mars 2023", "den 5 maj 2024", "juni"]
    assert [period.start.year for period in periods] == [2023, 2024, 2025]


def test_days_counted_from_today_can_be_left_out():
    """In a document "today" is unknown."""
    periods = find_periods("I fredags och i mars 2023, för två år sedan", TODAY, relative=False)
    assert [period.said for period in periods] == ["mars 2023"]


@pytest.mark.parametrize(
    ("start", "end", "year", "expected"),
    [
        ("2026-02-01", "2026-02-28", 2024, "2024-02-01 2024-02-29"),
        ("2024-02-29", "2024-02-29", 2023, "2023-02-28 2023-02-28"),
        ("2026-02-28", "2026-02-28", 2024, "2024-02-28 2024-02-28"),
        ("2024-12-01", "2025-02-28", 2020, "2019-12-01 2020-02-29"),
    ],
)
def test_a_period_that_recurs_is_moved_to_a_year(start, end, year, expected):
    """A winter is named after the year it ends in; months keep their last day."""
    period = Period(date.fromisoformat(start), date.fromisoformat(end), "", recurring=True)
    moved = in_year(period, year)
    assert f"{moved.start} {moved.end}" == expected
    assert not moved.recurring


def test_a_day_that_does_not_exist():
    """The 31st of February only gives its year."""
    (period,) = find_periods("31 februari 2024", TODAY)
    assert (period.said, period.start) == ("2024", date(2024, 1, 1))


@pytest.mark.parametrize(
    ("text", "path", "declared", "expected"),
    [
        ("Text", "a.md", "2024-01-15T10:00:00", "2024-01-15"),
        ("Text", "2020/03/a.md", "15 januari 2024", "2024-01-15"),
        ("Text", "2020/03/a.md", "nyligen", "2020-03"),
        ("Text", "a.md", "2024", "2024"),
        ("Rubrik\n\nPublicerad 5 juni 2015", "2020/03/a.md", None, "2015-06-05"),
        ("Title\n\nPublished: 5 June 2015", "a.md", None, "2015-06-05"),
        ("Published on March 2023", "a.md", None, "2023-03"),
        ("Datum: torsdag den 15 januari 2026", "a.md", None, "2026-01-15"),
        ("Publicerad Uppdaterad\n\nDen 5 juni 2015 kom hon.", "a.md", None, None),
        ("Date of next meeting: 5 June 2015", "a.md", None, None),
        ("Text", "protokoll-2024-01-15.md", None, "2024-01-15"),
        ("Text", "20240115_protokoll.md", None, "2024-01-15"),
        ("Text", "mote-den-9-juli-2013.md", None, "2013-07-09"),
        ("Text", "2013/07/mote-den-9-juli-2013.md", None, "2013-07-09"),
        ("Text", "tal/2025/11/minne-av-den-7-oktober-2023.md", None, "2025-11"),
        ("Text", "pressmeddelanden/2023/03/x.md", None, "2023-03"),
        ("Text", "pressmeddelanden/20222/3/x.md", None, "2022-03"),
        ("Text", "2023-03/x.md", None, "2023-03"),
        ("Text", "rapporter/2019/x.md", None, "2019"),
        ("Text", "rapport-2019.md", None, "2019"),
        ("Text", "rapport-12345.md", None, None),
    ],
)
def test_publication_date(text, path, declared, expected):
    """The best source counts, with its precision."""
    assert published_date(text, path, declared) == expected


def test_a_place_that_begins_like_a_year_is_none():
    """Åre is a town: "next Åre week" is no year."""
    assert find_periods("nästa Åre", TODAY) == ()


@pytest.mark.parametrize("text", ["Närvarande: Stig Helin, Maj-Lis Orre", "Maj Frisk valdes"])
def test_a_month_with_a_capital_may_be_a_given_name(text):
    """In Swedish, a capitalised month before a name is a given name."""
    assert find_periods(text, TODAY) == ()


@pytest.mark.parametrize(
    "text", ["Maj 2024", "Maj-juni", "In May Parliament met", "Juni: sommarfest"]
)
def test_a_month_that_begins_a_line_is_a_month(text):
    """A capital alone does not make it a name."""
    assert len(find_periods(text, TODAY)) == 1
