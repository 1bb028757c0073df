"""English words of running text."""

from typing import Final

from corpus.languages.text_words import TextWords

TEXTS: Final = TextWords(
    stemmer="english",
    stop_words=frozenset(
        """
        a about according after again all also am an and any anyone anything are as at be
        because been before being between both but by came can come could did do does doing
        done during each either ever every for from further gave get gets give given go goes
        going got had has have having he her here hers him his how i if in into is it its
        itself just last let like made make many may me might more most much must my name
        named names near no nor not now of off on once one only onto or other others our out
        over own per please said same say says she should so some someone something such
        tell than that the their them then there these they thing things this those through
        to together too took toward towards under until up upon us very was we went were
        what when where whether which while who whom whose why will with within without
        would you your yours s t
        """.split()
    ),
    small_words=frozenset(
        """
        the and of to is was were are that this these those it its he she they we you his
        her their our your who whom whose what when where why which how did does do with
        from for by as at be been being has have had not or but if than then there about
        into after before between during will would can could should may might must also
        more most said says an a i meeting attended government many much me my tell show
        give any all on in so no
        """.split()
    ),
    letters="",
    shapes=(
        "th|wh|w[aeio]|[aeou]y|ee|oo|ou|ea|(?:ing|tions?|ed|ly|ity|ness|ments?|ous|ful|ice"
        "|age|ance|ence|ery|ary|ies|ers|ight|ch|sh|ck|nd)$"
    ),
    abbreviations=frozenset(
        """
        mr mrs ms dr prof st gen sen rep gov rev hon e.g i.e cf vs viz approx fig figs sec
        vol pp ed eds tel dept mt capt col lt sgt revd messrs cllr supt
        """.split()
    ),
    may_end=frozenset("jr inc ltd co corp a.m p.m u.s u.k al".split()),
    before_number=frozenset("no nos p pp art ch".split()),
    open_ends=("e.g.", "i.e."),
    joins="and",
    breaks="and|or",
    leans_back=("he|she|they|it|this|these|those|both|the meeting|the decision|the two|the three"),
    no_leaning="who|that",
    compound_links=(),
    compound_endings=frozenset(),
)
