"""English words of follow-up questions."""

from typing import Final

from corpus.languages.follow_up_words import FollowUpWords

FOLLOW_UPS: Final = FollowUpWords(
    prepositions=frozenset(
        """
        of by in at for from on about behind near between under during with to until since before
        after
        """.split()
    ),
    verbs=frozenset("is are was were do does did has have had can could will would should".split()),
    being=frozenset("is are was were".split()),
    definite_noun="",
    links="and|but|so|ok|okay",
    about="(?:what|how)(?:'s|’s)? about|what of|how is it with",
    also="then|also|too",
    more=r"(?:and\s)?(?:more|continue|go\son"
    r"|(?:please\s)?(?:tell|show|give)(?:\s(?:me|us))?(?:\ssome)?\smore"
    r"(?:\sabout\s(?:it|this|that|them))?"
    r"|(?:any|some)(?:one|body|thing)\s(?:else|more)|any\s(?:others|more)"
    r"|(?:are|is)\sthere\s(?:any(?:thing)?\s)?(?:others|more|else)"
    r"(?:\sabout\s(?:it|this|that|them))?)",
    asking_more="who|what|which|where|when",
    more_of="else|others?|more",
    who=frozenset(("who",)),
    where=frozenset(("where",)),
    when=frozenset(("when",)),
    why=r"why(?:\snot)?|how\scome",
    ask_why="Why",
    bare=r"when|where|who|which|how|how\s(?:much|many|long|often|old|far|big|large|so)",
    before_bare="from|since|until|till?",
    after_bare=r"exactly|so\s\w+|earlier|later|before|now"
    r"|(?:is|was|were|are|did)\s(?:that|this|it|they)(?:\shappen)?",
    light=frozenset("part place happened".split()),
    nameless=r"\w+\s(?:was|were|is|are|did)\s\w+(?:ed|id|ade|made|done|ought|ecide|appen)"
    r"|\w+\s(?:do|can|should|could)\s(?:i|you|we)\s\w+"
    r"|which\s(?:is|was|were)\s\w+(?:a?st|est)|how\s(?:many|much)\s\w+",
    who_is="[Ww]ho (?:is|was|are|were)",
    he=frozenset("he his him".split()),
    she=frozenset("she her hers".split()),
    owning=frozenset("his her its".split()),
    owner_ending="'s",
    womans_name="",
    thing=frozenset("it its".split()),
    matter=frozenset("that this they them their theirs those these there".split()),
    expletive=r"(?:is|are|was|were) there|it\b.*\b(?:to|that)|there (?:is|are|was|were|be)",
    subject_ahead=frozenset(),
    linking=frozenset(),
    described="",
    article_before=frozenset(("that",)),
    after_article=frozenset("the a an all no".split()),
    pointing=frozenset("that this those these".split()),
    participle=r"\w+(?:ed|en|[aiu]ght|[ao]ld|made|done)",
    article_pronouns=frozenset(),
    after_article_pronoun="",
    doer=frozenset(),
    definite_articles=frozenset("the our this that".split()),
    noun_article=frozenset(("the",)),
    articles=frozenset("a an".split()),
    at_place=frozenset("in at from to near".split()),
    regarding=frozenset("about regarding".split()),
    setting=frozenset("in at on during".split()),
    auxiliaries=frozenset(
        "do does did will would can could should shall has have had may might must".split()
    ),
    main_verbs=frozenset(
        """
        cost amount open close start begin end happen take took get got pay run last meet met held
        hold say said decide stand weigh earn sit lie work live play go went made built gave given
        cover contain include need want mean bring come came look chosen leave left buy sell
        """.split()
    ),
    verb_ending="ed",
    days=r"weekend|\w+days?$",
    in_month="in",
    before_year="in",
)
