"""Which language a text is in, told by its small words: quick enough to ask of a question."""

import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+")
_READ = 1500
"""Characters looked at; more would not change the verdict."""

# The commonest words of each language; one that several share tells little.
_SMALL_WORDS = {
    "sv": """och att är som på för av inte med till ett jag har han hon de vi ska från kan också
        eller när om efter vid mot mellan bland hos där detta denna dessa var vad vem vilka vilken
        vilket varför hur finns blev blir får gör ha hade kommer mycket många nu så sig sin sina
        sitt men den det din ditt dig mig oss ni er alla annan andra inom utan under över genom
        även enligt samt redan skulle måste säger sade deltog deltar beslutade mötet möte
        regeringen regeringens i en man inför innan igen både varit vara gäller årets åt vill
        visa berätta kostar kostade hände stod""",
    "en": """the and of to is was were are that this these those it its he she they we you his her
        their our your who whom whose what when where why which how did does do with from for by
        as at be been being has have had not or but if than then there about into after before
        between during will would can could should may might must also more most said says an a i
        meeting attended government many much me my tell show give any all on in so no""",
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
# Letters of other alphabets, and of other languages in this one.
_FOREIGN_LETTERS = re.compile(
    "[øæßñõşğıșțłčćđœ\u0370-\u1dff\u1f00-\u1fff\u3040-\ud7ff\ufb50-\ufefc]"
)
_FOREIGN_SHARE = 0.02
_FOREIGN_NAMES = 0.06
_SWEDISH_LETTERS = re.compile("[åäö]")
_FEWEST = 0.035
"""Share of small words below which a text of some length is in no language listed here."""
_SOME_LENGTH = 20
_DECLARED = 2.0
"""Small words that a declaration is worth: pages are often made from a template of another."""
# What words of tables, lists and names look like, which have no small words between them.
_SWEDISH_SHAPE = re.compile(
    r"[åäö]|(?:[bdfghlmnpst]j|kv)[aeiou]|(?:ning|ningar|ningen|heten?|skap|ande|isk|lig[at]?|else|dag"
    r"|gård|gatan?|vägen?|stuga|skola|ens?|ets?|arna?|orna?|erna?)$"
)
_ENGLISH_SHAPE = re.compile(
    r"th|wh|w[aeio]|[aeou]y|ee|oo|ou|ea|(?:ing|tions?|ed|ly|ity|ness|ments?|ous|ful|ice|age|ance"
    r"|ence|ery|ary|ies|ers|ight|ch|sh|ck|nd)$"
)
_FEWEST_SHAPED = 8
_SHAPE = 0.25
"""What the shape of a word is worth, where small words are few."""
_CERTAIN = 1.5
"""Small words it takes before a text is in neither Swedish nor English."""


def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    """Map each small word to its languages; the more of them share it, the less it tells."""
    languages: dict[str, list[str]] = {}
    for language, words in _SMALL_WORDS.items():
        for word in words.split():
            languages.setdefault(word, []).append(language)
    return {
        word: tuple((language, 1 / len(found)) for language in found)
        for word, found in languages.items()
    }


_WEIGHTS = _weights()


def detect_language(text: str, default: str = "sv", declared: str | None = None) -> str:
    """Return "sv", "en" or "other"; `default` where the text is too little to tell.

    What a text is `declared` to be counts for some words of it.
    """
    sample = text[:_READ].casefold()
    words = _WORD.findall(sample)
    foreign = len(_FOREIGN_LETTERS.findall(sample)) / max(sum(map(len, words)), 1)
    score = _scores(words)
    known = max(score["sv"], score["en"]) >= max(len(words) * _FEWEST, _CERTAIN)
    # A few of them may be names in a text of ours.
    if foreign > (_FOREIGN_NAMES if known else _FOREIGN_SHARE):
        return "other"
    if declared in ("sv", "en"):
        score[declared] += _DECLARED
    best = max(score, key=score.__getitem__)
    if len(words) >= _SOME_LENGTH and score[best] < len(words) * _FEWEST:
        return "other"
    if best not in ("sv", "en") and score[best] >= _CERTAIN:
        return "other"
    if score["sv"] == score["en"]:
        return "sv" if _SWEDISH_LETTERS.search(sample) else default
    return "sv" if score["sv"] > score["en"] else "en"


def _scores(words: Sequence[str]) -> dict[str, float]:
    """Return how much speaks for each language: small words, or the shapes of others."""
    score = {"sv": 0.0, "en": 0.0}
    for word in filter(_WEIGHTS.__contains__, words):
        for language, weight in _WEIGHTS[word]:
            score[language] = score.get(language, 0.0) + weight
    few = max(score.values()) < max(len(words) * _FEWEST, 1)
    if few and len(words) >= _FEWEST_SHAPED:
        score["sv"] += _SHAPE * sum(bool(_SWEDISH_SHAPE.search(word)) for word in words)
        score["en"] += _SHAPE * sum(bool(_ENGLISH_SHAPE.search(word)) for word in words)
    return score
