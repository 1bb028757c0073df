"""Swedish words of questions."""

from typing import Final

from corpus.languages.question_words import QuestionWords

QUESTIONS: Final = QuestionWords(
    kinds={
        "why": (
            "varför|hur kommer det sig|av vilken anledning|vad (är|var) (skälet|anledningen|syftet)"
        ),
        "how_much": (
            "hur (mycket?|mkt|många|stora?|gam(mal|la)|ofta|höga?|högt|långa?|långt|länge)"
            "|vilken (summa|andel)|vilket (belopp|antal)|vad kosta(r|de)?|antal"
        ),
        "when": "när|hur dags|vilke[nt] (dag|datum|år|månad|tid|vecka)",
        "where": (
            r"vart|varifrån|var(?= \w+(s|r|de|te|är)\b)|vilke[nt] (stad|land|lokal|ort|byggnad)"
        ),
        "who": "vems?|vilken (person|minister)",
        "list": "vilka|lista|räkna upp",
        "what": "vad|vilke[nt]|hur",
        "yesno": (
            "^(?:är|har|hade|kan|kunde|ska|skulle|får|fick|kommer|blir|blev|finns|fanns|vill"
            "|måste|gäller|innehåller|innehöll|tänker|behöver|var|deltar|deltog|kostar|kostade"
            "|kom|gick|träffade|beslutade|höll|hölls|sade|sa)"
        ),
    },
    courtesy=(
        "kan du (?:säga|berätta|visa|lista|hitta)|(?:får|kan) jag fråga|vet du|jag undrar"
        "|(?:säg|berätta|visa)(?: mig)?"
    ),
    scene="när|efter|innan|om|då|sedan|i|på",
    scene_of_clause="när",
    clause_borders=("när|efter att|innan|då|medan|sedan|inför|under|enligt|i samband med|vid"),
    asking=frozenset(
        """
        vem vems vad vilka vilken vilket när var varför vart varifrån hur
        """.split()
    ),
    misspelt=("vem", "vilka", "vilken", "vilket", "varför", "vart", "vad", "när", "hur"),
    verbs=(
        "är|var|blir|blev|har|hade|ska|skulle|kan|kunde|får|fick|kommer|kom|(?:del|mot"
        "|till)?(?:tar|tog)|skriver|sitter|satt|ger|gav|gäller|börjar|slutar|träder"
        "|tillträder|leder|kostar|hände|höll|hålls|hölls|heter|hette|finns|fanns|ligger|låg"
        r"|sker|äger|\w+(?:ade|ades|rde|lde|gde|kte|ste|tte|ttes)"
    ),
    before_asking="från|till|under|för",
    asks_by_itself="när|varför",
    asks_with_verb="var|vad",
    asks_who="vem",
    no_asking="som|att",
    degree=r"hur (?:länge|mycket|stort?|gam(?:mal|la)|ofta|högt?|långt?)",
    how_many="hur många",
    asks_which="vilk(?:a|en|et)",
    which_plural="vilka",
    plural_endings="er|ar|or|na",
    planned=(
        r"\w*(?:budget(?:en|ens|s)?|budgetproposition(?:en)?|(?:mål|klimatmål)(?:et|en)?"
        "|redovisning(?:en|ar)?|prognos(?:en|er)?|verksamhetsplan(?:en)?|bokslut(?:et)?"
        "|berättelse(?:n)?|avgift(?:en)?|kvot(?:en|er|erna)?)"
    ),
    for_year="för|inför|avseende|gällande",
    the_year="år(?:et)?",
    of_planned="för|till|i|år",
    by_year="till|senast|före",
    year_genitive=" års",
    before_time="i|under|sedan|den",
    given_months=frozenset(("april", "maj", "juni", "juli")),
    name_links="av",
    common_capitals="",
    small_talk={
        "abilities": (
            "hjälp( (mig|tack))?|(vad|vilka frågor) kan (du|man|jag) (göra|svara på|hjälpa (till"
            "|mig) med|fråga( (dig|om))?)|vad kan du|kan du hjälpa mig|hur (funkar|fungerar) (du"
            "|det här|den här boten)|hur använder (jag|man) (dig|det här)|hur gör (man|jag)"
            "|vad gör du"
        ),
        "identity": (
            "vem är du|vad är du( för något)?|vad heter du|vem pratar jag med|är du (en )?(robot"
            "|bot|människa|ai|dator|språkmodell|chattbot)|vem har (gjort|byggt|skapat) dig"
        ),
        "thanks": (
            "((stort|tusen) )?tack( så (jätte|hemskt )?mycket)?( (igen|snälla))?"
            "|tackar( så mycket)?|(stort )?tack för (hjälpen|svaret|det( där)?)"
        ),
        "praise": (
            "(mycket )?bra (jobbat|gjort|svar|där)|vad bra|(jätte|super)?bra|toppen|perfekt"
            "|utmärkt|grymt|snyggt|kanon|härligt|fint|super|strålande|underbart|du är (bra|bäst"
            "|duktig)"
        ),
        "wellbeing": "hur (mår du|är läget|står det till|går det)( i ?dag)?|läget|allt bra",
        "farewell": (
            "hej ?då|adjö|vi (ses|hörs)( (sen|igen))?|god ?natt|ha det( så)?( bra)?|ha en (bra"
            "|fin|trevlig) (dag|kväll|helg)"
        ),
        "agreement": (
            "ok|okej|okey|ja|nej|jaha|jo|japp|visst|aha|jasså|då så|jag förstår|(ja|nej) tack"
            "|det var allt"
        ),
        "greeting": (
            "hej(hej)?( på dig)?|hejsan|tja|tjena(re)?|tjabba|hallå( där)?|halloj|god ?(dag"
            "|morgon|kväll|eftermiddag|middag|förmiddag)|morsning?|mors"
        ),
    },
    small_talk_fillers="boten|alla|du|och|snälla|då",
)
