"""Generates hostile questions: too long, made of symbols, or of input that breaks programs."""

import random
import sys
import unicodedata
from collections.abc import Callable
from typing import Final

_PLAIN: Final = (
    "Who attended the January meeting?",
    "Vad kostade båt 7?",
    "När hölls årsmötet 2025?",
    "How much did the roof cost?",
    "Vilka röstade mot förslaget?",
    "Why was the bridge closed?",
)
_FOLLOWING: Final = ("and in February?", "vilka fler?", "who is she?", "när var det?", "och?")
_SQL: Final = (
    "'; DROP TABLE passages; --",
    '" OR 1=1 --',
    "' UNION SELECT text FROM documents WHERE '1'='1",
    "båt NEAR/0 7 AND NOT (mars OR *)",
    'text:"båt" AND title:[a TO z] ^99 ~2',
    "\\x00'); ATTACH DATABASE '/tmp/a' AS b; --",
    "+båt -kronor (((",
    "__class__ {0.__class__} %s %n ${jndi:ldap://a}",
)
_BOMBS: Final = (
    "a" * 1990 + "!",
    "aA1" * 660,
    "Vem " + "och " * 480 + "kom?",
    "(" * 990 + "a" + ")" * 990,
    "den 1 " * 330,
    "1 maj " * 330,
    "1/1" * 660,
    "1-" * 999,
    "A. " * 660,
    '"' * 999 + "a" + '"' * 999,
    "»" * 660 + "båt" + "«" * 660,
    "vad när " * 249,
    "januari " * 249,
    "of the " * 285,
    "Anna Maria " * 180,
    "a@" * 999,
    "http://" * 280,
    "§ 1 " * 499,
    "070-" * 499,
    "1 000 " * 330,
    "kl. 13.00 " * 199,
    "x " * 999,
    "båt-" * 499,
    "20" * 999,
    "första andra tredje " * 99,
)
_DATES: Final = (
    "Vad hände den 31 februari 2025?",
    "What happened on 0000-00-00?",
    "Vad hände 99999-12-31?",
    "who came on 2025-13-45?",
    "What was decided in the year 0?",
    "Vad beslutades år 10000?",
    "mellan 9999-12-31 och 0001-01-01",
    "What happened 999999999999 days ago?",
    "för 10000 år sedan?",
    "in 5000 years?",
    "vecka 99 år 9999?",
    "week 0 of 0000?",
    "Q9 1999?",
    "29 February 2023?",
    "31 november?",
    "den 0 mars?",
    "kl. 25.61?",
    "after December 9999?",
    "before January 0001?",
    "senaste 99999999999999999999 mötena",
    "12/31/9999 - 1/1/1?",
    "next year 9999",
    "days after 9999-12-31",
    "²⁰²⁵-⁰¹-¹⁴?",
    "٢٠٢٥-٠١-١٤?",
    "den ① mars ２０２５?",
    "Ⅻ januari MMXXV?",
)
_SCRIPTS: Final = (
    "кто присутствовал на заседании в январе",
    "من حضر اجتماع يناير؟",
    "מי השתתף בישיבה בינואר?",
    "一月会议谁出席了？",
    "1月の会議に誰が出席しましたか",
    "जनवरी की बैठक में कौन आया?",
    "ใครเข้าร่วมประชุมเดือนมกราคม",
    "Wһо аttеndеd thе Jаnuаrу mееting?",  # With Cyrillic letters.
    "Vеm kom på mötеt?",
    "𝐖𝐡𝐨 𝐚𝐭𝐭𝐞𝐧𝐝𝐞𝐝?",
    "Ｗｈｏ　ａｔｔｅｎｄｅｄ？",
    "İstanbul'da ıssız ﬁ ﬃ ß ẞ ŉ",
    "\U0010ffff\U000e0041\U000e0042 båt",
)
_SIGNS: Final = "?!.,;:-–—…\"'()[]{}<>/\\|@#£$€%&*+=~^`´¨_«»”“’‘§¶•°"
_BIDI: Final = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
_UNSEEN: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u115f\u3164\ufe0f\u180e"
_CONTROLS: Final = "".join(map(chr, (*range(10), *range(11, 32), *range(127, 160))))
_ESCAPES: Final = ("\x1b[31m", "\x1b]0;x\x07", "\x1b[2J", "\x9b1A", "\x1bP1;1|", "\x1b]8;;http:a")
_QUOTES: Final = ('"', "'", "”", "“", "’", "«", "»", "„", "‘", "`")

_Making = Callable[[random.Random], str]


def _interleaved(chance: random.Random, signs: str) -> str:
    """Return a plain question with symbols between its letters."""
    plain = chance.choice(_PLAIN)
    return "".join(one + chance.choice(("", "", chance.choice(signs))) for one in plain)


def _any_letters(chance: random.Random) -> str:
    points = (chance.randrange(sys.maxunicode + 1) for _ in range(chance.randrange(1, 300)))
    return "".join(chr(one) for one in points if not 0xD800 <= one < 0xE000 and one != 10)


def _nested(chance: random.Random) -> str:
    question = chance.choice(_PLAIN)
    for _ in range(chance.randrange(1, 60)):
        quote = chance.choice(_QUOTES)
        question = f"{quote}{question}{chance.choice((quote, quote, ''))}"
    return question


def _number(chance: random.Random) -> str:
    digits = "9" * chance.choice((5, 19, 20, 39, 310, 1900))
    shape = chance.choice(("Vad kostade båt {}?", "{} kr?", "§ {}", "{}", "1e{}", "-{},{}", "{}%"))
    return shape.replace("{}", digits[: 1990 // (shape.count("{}") or 1) - 20])


def _long(chance: random.Random) -> str:
    """Return a text of about 100 KB, or just below or above the limit of a question."""
    unit = chance.choice((*_PLAIN, "a", "å", "? ", "\u202e", "🙂", "1", " ", "e\u0301", '"'))
    size = chance.choice((1999, 2000, 2001, 100_000))
    return (unit * (size // len(unit) + 1))[:size]


def _normalised(chance: random.Random) -> str:
    form = chance.choice(("NFC", "NFD", "NFKC", "NFKD"))
    return unicodedata.normalize(form, chance.choice(_PLAIN))


def _many_marks(chance: random.Random) -> str:
    marks = "".join(chr(chance.randrange(0x300, 0x370)) for _ in range(60))
    return "".join(one + marks for one in chance.choice(_PLAIN))[:1990]


def _in_pieces(chance: random.Random) -> str:
    """Return a concatenation of all kinds."""
    pools = (_PLAIN, _SQL, _DATES, _SCRIPTS, _FOLLOWING, _ESCAPES)
    return " ".join(chance.choice(chance.choice(pools)) for _ in range(chance.randrange(2, 9)))


KINDS: Final[dict[str, _Making]] = {
    "too long": _long,
    "control characters": lambda chance: _interleaved(chance, _CONTROLS),
    "terminal codes": lambda chance: chance.choice(_ESCAPES) + chance.choice(_PLAIN),
    "bidi marks": lambda chance: _interleaved(chance, _BIDI),
    "unseen letters": lambda chance: _interleaved(chance, _UNSEEN),
    "only signs": lambda chance: "".join(chance.choices(_SIGNS, k=chance.randrange(1, 400))),
    "signs among letters": lambda chance: _interleaved(chance, _SIGNS),
    "what bombs": lambda chance: chance.choice(_BOMBS),
    "queries": lambda chance: f"{chance.choice(_PLAIN)} {chance.choice(_SQL)}",
    "queries alone": lambda chance: chance.choice(_SQL),
    "huge numbers": _number,
    "impossible dates": lambda chance: chance.choice(_DATES),
    "dates on end": lambda chance: " ".join(chance.choices(_DATES, k=8)),
    "other scripts": lambda chance: chance.choice(_SCRIPTS),
    "scripts on end": lambda chance: "".join(chance.choices(_SCRIPTS, k=6)),
    "any letters": _any_letters,
    "nested quotes": _nested,
    "normal forms": _normalised,
    "marks on marks": _many_marks,
    "half surrogates": lambda chance: _interleaved(chance, "\udcff\udc80\udce4"),
    "follow-ups": lambda chance: " ".join(chance.choices(_FOLLOWING, k=chance.randrange(1, 30))),
    "white space": lambda chance: "".join(chance.choices(" \t\r\u00a0\u2003\u2028\x0b\x0c", k=60)),
    "lines": lambda chance: "\n".join(chance.choices(_PLAIN, k=chance.randrange(2, 30))),
    "pieces": _in_pieces,
}
"""A generator for each kind."""


def questions(count: int, chance: random.Random) -> list[tuple[str, str]]:
    """Return questions of all kinds in turn, each with the name of its kind."""
    kinds = list(KINDS)
    names = [kinds[number % len(kinds)] for number in range(count)]
    return [(name, KINDS[name](chance)) for name in names]
