"""Swedish words of follow-up questions."""

from typing import Final

from corpus.languages.follow_up_words import FollowUpWords

FOLLOW_UPS: Final = FollowUpWords(
    prepositions=frozenset(
        "i på av för från till vid mellan bakom om med hos kring sedan inför efter före".split()
    ),
    verbs=frozenset(
        """
        är blev blir har hade kan kunde ska skulle får fick gör gjorde kommer finns fanns måste
        """.split()
    ),
    being=frozenset("är var blev blir".split()),
    definite_noun=r"\w{3,}(?:[aeio]n|et|na|ens|ets|ans|nas)",
    links="och|men|så|okej",
    about=r"hur (?:är|var|blir|blev|ser|såg|gick|går) det (?:ut )?(?:med|för)|vad sägs om",
    also="då|också",
    more=r"(?:och\s)?(?:mera?|fler|fortsätt"
    r"|(?:berätta|visa|säg)(?:\s(?:mig|oss))?(?:\slite)?\s(?:mera?|fler)"
    r"(?:\som\s(?:det|den|detta|dem|saken))?"
    r"|(?:finns\sdet\s)?(?:någon|något|några|nåt|nån)\s(?:mera?|fler|annan|annat|andra|till)"
    r"|finns\sdet\s(?:mera?|fler|andra))",
    asking_more="vem|vilka|vad|var|när",
    more_of="mera?|fler|annars|till|andra",
    who=frozenset(("vem", "vilka")),
    where=frozenset(("var",)),
    when=frozenset(("när",)),
    why=r"varför|hur\sså|hur\skommer\sdet\ssig",
    ask_why="Varför",
    bare=r"när|var|vart|vem|vilka|vilken|vilket|hur"
    r"|hur\s(?:mycket|många|länge|ofta|gamla?|långt|stora?)",
    before_bare="till?|från|sedan",
    after_bare=r"exakt|(?:så|inte)\s\w+|tidigare|senare|nu"
    r"|(?:är|var|blev|blir)\s(?:det|de|den)|(?:hände|skedde)\sdet|det",
    light=frozenset("hände skedde sägs".split()),
    nameless=r"\w+\s\w+\s(?:man|jag|vi)|(?:vilke[nt]|vilka)\s(?:är|var)\s\w+(?:a?st|est)"
    r"|hur\s(?:mycket|många|lång|stor|stort)\s\w+",
    who_is="[Vv]em (?:är|var)",
    he=frozenset("han hans honom".split()),
    she=frozenset("hon hennes henne".split()),
    owning=frozenset("hans hennes dess".split()),
    owner_ending="s",
    womans_name="a|ie|[lr]in|[ei]stin|gi?t|gr?id|beth|ill|ine|ette|aret|un",
    thing=frozenset("den det dess".split()),
    matter=frozenset("denna detta de dem dom deras där dit".split()),
    expletive=r"f[ia]nns det|det\b.*\b(?:att|som)|det (?:f[ia]nns|är|var)",
    subject_ahead=frozenset(("det",)),
    linking=frozenset("är var blir".split()),
    described=r"\w*t",
    article_before=frozenset(),
    after_article=frozenset(),
    pointing=frozenset(),
    participle="",
    article_pronouns=frozenset("det den de denna detta".split()),
    after_article_pronoun=r"\w+(?:a|e|en|et|er|na)",
    doer=frozenset(("vem", "vilka")),
    definite_articles=frozenset("den det de vår vårt våra".split()),
    noun_article=frozenset(),
    articles=frozenset("en ett".split()),
    at_place=frozenset("i på från till vid".split()),
    regarding=frozenset("om angående".split()),
    setting=frozenset("i på vid under".split()),
    auxiliaries=frozenset(),
    main_verbs=frozenset(),
    verb_ending="ades?|rdes?|tes|nte|[bflmr]s|ras",
    days="helg",
    in_month="i",
    before_year="",
)
