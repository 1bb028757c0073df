"""Words that carry grammar rather than matter, left out of what a question is searched by."""

from typing import Final

STOP_WORDS: Final[dict[str, frozenset[str]]] = {
    "sv": frozenset(
        """
        alla allt att av bara be behöver bland blev bli blir blivit båda börja de del dels dem den
        denna deras dess dessa det detta dig din dina ditt du då där därför efter eftersom ej eller
        emot en enligt er era ert ett fanns fick finns fram framför från få får fått för före gav ge
        genom ger gick gjorde gått gång gånger gör göra gällande ha hade han handlade handlar hans
        har haft hela hennes henne hon honom hos hur i ibland icke ifrån ihop in inför ingen inget
        inga innan inne inom inte istället ju jag just kan kom komma kommer kring kunde kunna känns
        lika låta låter man med mellan men mer mest mig min mina mitt mot mycket många måste någon
        något några när nu ny och också olika om oss på redan samma samt se sedan ser sig sin sina
        sitt ska skall skulle som stor står stå så sådan sådana sådant ta tack tar till tills
        tillsammans tog tror två under upp ur ut utan utöver vad var vara varandra varför varit
        varje vars vart vem vems verkar vi via vid vilka vilken vilket vill ville väl än ändå ännu
        är åt över göras berättar säger sade sa berätta visa finnas lite
        """.split()
    ),
    "en": frozenset(
        """
        a about according after again all also am an and any anyone anything are as at be because
        been before being between both but by came can come could did do does doing done during each
        either ever every for from further gave get gets give given go goes going got had has have
        having he her here hers him his how i if in into is it its itself just last let like made
        make many may me might more most much must my name named names near no nor not now of off on
        once one only onto or other others our out over own per please said same say says she should
        so some someone something such tell than that the their them then there these they thing
        things this those through to together too took toward towards under until up upon us very
        was we went were what when where whether which while who whom whose why will with within
        without would you your yours s t
        """.split()
    ),
}

FUNCTION_WORDS: Final = STOP_WORDS["sv"] | STOP_WORDS["en"]
