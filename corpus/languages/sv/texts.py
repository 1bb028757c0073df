"""Swedish words of running text."""

from typing import Final

from corpus.languages.text_words import TextWords

TEXTS: Final = TextWords(
    stemmer="swedish",
    stop_words=frozenset(
        """
        alla allt att av bara be behöver bland blev bli blir blivit båda börja de del dels
        dem den denna deras dess dessa det detta dig din dina ditt du då där därför efter
        eftersom ej eller emot en enligt er era ert ett fanns fick finns fram framför från
        få får fått för före gav ge genom ger gick gjorde gått gång gånger gör göra gällande
        ha hade han handlade handlar hans har haft hela hennes henne hon honom hos hur i
        ibland icke ifrån ihop in inför ingen inget inga innan inne inom inte istället ju
        jag just kan kom komma kommer kring kunde kunna känns lika låta låter man med mellan
        men mer mest mig min mina mitt mot mycket många måste någon något några när nu ny
        och också olika om oss på redan samma samt se sedan ser sig sin sina sitt ska skall
        skulle som stor står stå så sådan sådana sådant ta tack tar till tills tillsammans
        tog tror två under upp ur ut utan utöver vad var vara varandra varför varit varje
        vars vart vem vems verkar vi via vid vilka vilken vilket vill ville väl än ändå ännu
        är åt över göras berättar säger sade sa berätta visa finnas lite
        """.split()
    ),
    small_words=frozenset(
        """
        och att är som på för av inte med till ett jag har han hon de vi ska från kan också
        eller när om efter vid mot mellan bland hos där detta denna dessa var vad vem vilka
        vilken vilket varför hur finns blev blir får gör ha hade kommer mycket många nu så
        sig sin sina sitt men den det din ditt dig mig oss ni er alla annan andra inom utan
        under över genom även enligt samt redan skulle måste säger sade deltog deltar
        beslutade mötet möte regeringen regeringens i en man inför innan igen både varit
        vara gäller årets åt vill visa berätta kostar kostade hände stod
        """.split()
    ),
    letters="[åäö]",
    shapes=(
        "[åäö]|(?:[bdfghlmnpst]j|kv)[aeiou]|(?:ning|ningar|ningen|heten?|skap|ande|isk"
        "|lig[at]?|else|dag|gård|gatan?|vägen?|stuga|skola|ens?|ets?|arna?|orna?|erna?)$"
    ),
    abbreviations=frozenset(
        """
        bl.a kl dvs d.v.s t.ex m.a.o s.k p.g.a t.o.m fr.o.m f.d u.a ca cirka prop bet skr
        dnr nr kap st bil resp ordf sekr tf stf jfr sid tel mob tfn adr avd ang avs exkl
        inkl dr prof doc hr fr kapt gen ev f.n f.ö forts föreg mr mrs ms v kass led suppl
        ers adj ledam
        """.split()
    ),
    may_end=frozenset("m.fl m.m etc osv o.s.v o.dyl kr mkr mdkr tkr e.kr f.kr".split()),
    before_number=frozenset("s st nr sid".split()),
    open_ends=("bl.a.", "t.ex.", "dvs."),
    joins="och|samt",
    breaks="och|eller|samt|respektive",
    leans_back="han|hon|de|den|det|dessa|denna|detta|där|dit|båda|mötet|beslutet",
    no_leaning="som",
    compound_links=("", "s", "a", "e", "o", "u"),
    compound_endings=frozenset(
        "ing het ell isk ist ant and end bar sam are else inne iss orn".split()
    ),
)
