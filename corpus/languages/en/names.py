"""English words for finding names."""

from typing import Final

from corpus.languages.name_words import NameWords

NAMES: Final = NameWords(
    titles=frozenset(
        """
        minister secretary director chair chairman chairwoman chairperson president
        ambassador commissioner professor chancellor governor mayor head officer treasurer
        coordinator member king queen prince princess bishop archbishop spokesperson speaker
        representative doctor envoy delegate general admiral colonel manager principal
        teacher researcher architect judge lawyer priest senator congressman chief editor
        journalist author auditor volunteer mr mrs ms dr sir prof
        """.split()
    ),
    title_endings="s",
    before_title="former|deputy|acting",
    title_subjects="Deputy|Prime|Foreign|Finance|Defence|Justice|Trade|Health|Energy|Climate|Home",
    of_title="for|of",
    not_of_title="a|an",
    short_titles=r"Mr|Mrs|Ms|Dr|Prof|H\.E",
    titles_before=frozenset(
        """
        prime deputy vice state foreign affairs trade defence defense finance justice health
        climate environment energy culture cultural migration equality housing
        infrastructure security social public employment education cooperation development
        rural enterprise industry commerce interior director-general secretary-general
        under-secretary-general h.e ministers secretaries presidents directors chiefs
        """.split()
    ),
    prepositions=frozenset("in at to from for of with and".split()),
    is_clause="who (?:is|was)",
    joins="and",
    leads_on="as well as",
    place_before="in|at|near|from",
    adjectives=frozenset(
        """
        New Old North South East West Northern Southern Eastern Western Great Grand United
        San Santa Saint Special Joint High Swedish Danish Norwegian Finnish Black White Red
        """.split()
    ),
    openers=frozenset(
        """
        the a an this that these those when where if with according also both during after
        before by from to at on in for against but and or he she we you they it today now
        then since thanks photo as while besides our his her their its contact who which
        what how why present apologies
        """.split()
    ),
    bodies=r"Inc|Ltd|plc|LLC|of|University|Institute?|Council|Committee|Commission"
    r"|Union|Association|Agency|Authority|Ministry|Office|Board|Bank|Church"
    r"|Center|Centre|Foundation|Forum|Group|Initiative|Organi[sz]ation|Party"
    r"|Parliament|Federation|Society|Court|Fund|Network|Alliance|Declaration"
    r"|Convention|Agreement|Act|News|Times|Nations|Kingdom|Republic|States|Cross"
    r"|Sea|Street|House|Programme|Digital|Dialogue|Representative|Week|Innovation"
    r"|Nordic|Global|International|European|National|Green|World|Report|Summit"
    r"|Agenda|Conference",
    body_endings="",
    body_links="of|for|against",
)
