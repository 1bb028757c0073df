"""Detects the language of a text by its function words, fast enough for questions."""

import re
from collections.abc import Sequence

from corpus.languages.known import WORDS

_WORD = re.compile(r"[^\W\d_]+")
_READ = 1500
"""Characters examined; more would not change the result."""

# Common words of other languages, only used to exclude these languages.
_OTHERS = {
    "da": """og ikke af jeg hvad hvor hvem hvornår efter nogle også har blev mellem fra være
        været skal kunne ville mig dig sig noget meget når fordi uden hun deres vores regjeringen
        regeringen regeringens bliver møde mødet sagde hva hvordan noen etter ble fram i en et det
        den de med var kan som man han vi er for til at vil under over ved om på av mot der dette
        mange eller ikkje ein eit""",
    "de": """und der die das ist nicht ein eine einen mit für auf von zu zur zum den dem des sich
        auch wie wer wann wo warum wurde werden hat haben sind oder aber nach bei in im am man so
        es an als um war""",
    "nl": """de het een van en in is op te dat die voor met zijn niet aan ook door naar uit bij
        wie wat wanneer waar hoe heeft werd worden""",
    "fi": """ja on ei että se tai oli ovat myös kuin mutta joka jotka mitä kuka milloin missä
        tämä hän he sekä voi sen ne nyt kun jos ole niin mukaan suomen kanssa""",
    "fr": """le la les des et est une dans pour que qui sur pas avec au aux du par ce cette sont
        ont être nous vous mais où de en un se ou leur notre il a à""",
    "es": """el la los las una un por con que es del de en se al como pero más este esta son fue
        para quién cuándo dónde no y a su""",
    "so": """iyo waxaa oo ka ku ay waa in uu la aan u soo ah kala wuxuu leh ee ayaa dadka yahay si
        isku""",
    "pl": """w z na się nie że do jest i jak dla oraz przez są był była który która a o po""",
    "et": """ja on ei et see kui ka oma mis kes aga või oli ning ta""",
    "it": """il che di per non una un della del sono con gli anche più questo alla la i in a""",
    "bs": """je da na se su za od koji kao ali ili bio biti što nije sa i u o a""",
}
# Letters of other alphabets, and of other languages in the Latin one.
_FOREIGN_LETTERS = re.compile(
    "[øæßñõşğıșțłčćđœ\u0370-\u1dff\u1f00-\u1fff\u3040-\ud7ff\ufb50-\ufefc]"
)
_FOREIGN_SHARE = 0.02
_FOREIGN_NAMES = 0.06
_FEWEST = 0.035
"""Below this share of function words, a longer text is in no known language."""
_SOME_LENGTH = 20
_DECLARED = 2.0
"""How many function words a declared language counts as; pages often have a wrong one from a
template."""
_LETTERS = {
    code: re.compile(words.texts.letters) for code, words in WORDS.items() if words.texts.letters
}
_SHAPES = {code: re.compile(words.texts.shapes) for code, words in WORDS.items()}
_FEWEST_SHAPED = 8
_SHAPE = 0.25
"""Weight of a word's form, for texts with few function words."""
_CERTAIN = 1.5
"""How many foreign function words make a text "other"."""


def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    """Return each function word's languages; words shared by several weigh less."""
    languages: dict[str, list[str]] = {}
    known = {code: words.texts.small_words for code, words in WORDS.items()}
    for language, words in (known | {code: said.split() for code, said in _OTHERS.items()}).items():
        for word in words:
            languages.setdefault(word, []).append(language)
    return {
        word: tuple((language, 1 / len(found)) for language in found)
        for word, found in languages.items()
    }


_WEIGHTS = _weights()


def detect_language(text: str, default: str = "sv", declared: str | None = None) -> str:
    """Return the code of a known language or "other"; `default` if there is too little text.

    The `declared` language counts as some words of it.
    """
    sample = text[:_READ].casefold()
    words = _WORD.findall(sample)
    foreign = len(_FOREIGN_LETTERS.findall(sample)) / max(sum(map(len, words)), 1)
    score = _scores(words)
    known = max(score[code] for code in WORDS) >= max(len(words) * _FEWEST, _CERTAIN)
    # A few of them may be names in a text in a known language.
    if foreign > (_FOREIGN_NAMES if known else _FOREIGN_SHARE):
        return "other"
    if declared and declared in WORDS:
        score[declared] += _DECLARED
    best = max(score, key=score.__getitem__)
    if len(words) >= _SOME_LENGTH and score[best] < len(words) * _FEWEST:
        return "other"
    if best not in WORDS and score[best] >= _CERTAIN:
        return "other"
    first, *others = sorted(WORDS, key=score.__getitem__, reverse=True)
    if score[first] > score[others[0]]:
        return first
    return next((code for code, own in _LETTERS.items() if own.search(sample)), default)


def _scores(words: Sequence[str]) -> dict[str, float]:
    """Return a score for each language, from function words or forms of words."""
    score = dict.fromkeys(WORDS, 0.0)
    for word in filter(_WEIGHTS.__contains__, words):
        for language, weight in _WEIGHTS[word]:
            score[language] = score.get(language, 0.0) + weight
    few = max(score.values()) < max(len(words) * _FEWEST, 1)
    if few and len(words) >= _FEWEST_SHAPED:
        for language, shape in _SHAPES.items():
            score[language] += _SHAPE * sum(bool(shape.search(word)) for word in words)
    return score
