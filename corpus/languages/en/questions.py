"""English words of questions."""

from typing import Final

from corpus.languages.question_words import QuestionWords

QUESTIONS: Final = QuestionWords(
    kinds={
        "why": ("why|how come|for what reason|what (is|was|were) the (reasons?|purpose)"),
        "how_much": (
            "how (mu[tc]*h|many|old|big|large|long|often|high|far|tall)|by how|what (shares?"
            "|number|percentage|proportion|amount|sum)|what (is|was|were) the (cost|price|fee)s?"
            "|what (do|does|did) .{1,40} cost"
        ),
        "when": "when|(what|which) (day|date|year|month|time|deadline)",
        "where": "where|(what|which) (city|town|country|place|building|room)",
        "who": "who('?s|m|se)?|which (person|minister|member)",
        "list": r"which (\w+ )?\w+s\b|what (are|were)|list|name (the|all)",
        "what": "what('?s)?|which|how",
        "yesno": ("^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may)"),
    },
    courtesy=(
        "(?:can|could|would|will) you (?:please )?(?:tell|show|say|list|find)(?: (?:me|us))?"
        "|do you know|may i ask|i wonder|tell (?:me|us)"
    ),
    scene="when|after|before|if|while|as|in|on|at|during|besides",
    scene_of_clause="when",
    clause_borders=(
        "when|after|before|while|since|until|during|besides|according to|in the run-up to"
        "|ahead of|at the|at an?|if"
    ),
    asking=frozenset("who whom whose what which when where why how".split()),
    misspelt=("who", "whom", "what", "when", "where", "which", "why", "how"),
    verbs=(
        "is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|got|gets"
        "|took|takes|gave|made|went|came|met|led|leads|became|becomes|runs?|ran|won|held|said"
        r"|sat|left|\w+ed"
    ),
    before_asking="for|by|until",
    asks_by_itself="when|where|why",
    asks_with_verb="what",
    asks_who="who",
    no_asking="to",
    degree="how (?:long|much|old|often|far)",
    how_many="how many",
    asks_which="which|what",
    which_plural="which|what",
    plural_endings="s",
    planned=(
        "goals?|targets?|accounts|(?:annual|yearly|financial) (?:report|statement)s?"
        "|forecasts?|outlook|quotas?|fees?"
    ),
    for_year="for|ahead of",
    the_year="the year",
    of_planned="for|to|of|by|in|the year",
    by_year="by|to|until|before",
    year_genitive="'s",
    before_time="in|of|on|last|this|next|since|until|by|during|the",
    given_months=frozenset(("april", "may", "june", "august")),
    name_links="of",
    common_capitals=(
        r"I|\w+(?:ish|ese)|(?:(?:Asi|Ind|Ital|Brazil|Braz|Norweg|Belg|Austr|Austral|Canad|Russ"
        "|Ukrain|Ital|Hungar|Roman|Bulgar|Lithuan|Latv|Eston|Iran|Syr|Palestin|Egypt"
        "|Christ)ian|(?:Europ|Chil|Kor|Mediterran)ean|(?:Afric|Americ|Mexic|Moroc)c?an)s?"
        "|Asian|Arab|Czech|Danes?|Dutch|French|German|Greek|Jewish|Nordic|Baltic|Swiss"
        "|Swedes?"
    ),
    small_talk={
        "abilities": (
            "help( (me|please))?|can you help me|what do you do|what can (you|i) (do|answer"
            "|help (me )?with|ask( (you|about))?)( for me)?|how do you work|how do i use (this"
            "|you)"
        ),
        "identity": (
            "(who|what) are you|what( i)? ?s your name|are you (an? )?(robot|bot|human|person|ai"
            "|computer|language model|chatbot)|who (made|built|created) you|who am i (talking"
            "|speaking) (to|with)"
        ),
        "thanks": (
            "((many|a thousand) )?thanks( (a lot|so much|very much|again|a million))?|thank (you"
            "|u)( (so much|very much|again))?|thx|ty|tnx|cheers|(thanks|thank you)( (so"
            "|very) much)? for (your help|the help|that|the answer)|much appreciated"
            "|i appreciate it"
        ),
        "praise": (
            "((very|really) )?(good|great|nice|excellent) (job|work|answer|one|bot)|well done"
            "|you ?(a?re) (great|good|awesome|the best)|(that ?s )?(great|perfect|excellent"
            "|awesome|wonderful|brilliant|amazing|cool|nice|good|super|lovely)"
        ),
        "wellbeing": "how are you( doing)?( today)?|how( i)? ?s it going|what ?s up",
        "farewell": (
            "bye( bye)?|goodbye|see you( (later|soon|tomorrow))?|good ?night|have a (nice|good"
            "|great) (day|evening|weekend|one)"
        ),
        "agreement": (
            "ok|okay|k|yes|no|yeah|yep|nope|sure|right|aha|alright|i see|got it|understood|fine"
            "|no (thanks|thank you)|yes please|that( i)? ?s all|that was all"
        ),
        "greeting": (
            "(hello|hi)( (there|again|everyone|all))?|hey( there)?|hiya|howdy|good ?(morning"
            "|afternoon|evening|day)|greetings|yo"
        ),
    },
    small_talk_fillers="bot|and|please|so|then",
)
