"""Reasons why a file was not read, in Swedish by the English ones that readers raise."""

import re
from collections.abc import Mapping
from typing import Final

_SCAN: Final = "The pages are pictures without text, as from a scanner"
IN_SWEDISH: Final = {
    "The file is larger than {0} MB; split it up.": "Filen är större än {0} MB; dela upp den.",
    "The file is empty.": "Filen är tom.",
    "The file was deleted during the reading.": "Filen har försvunnit under läsningen.",
    "There is no permission to read the file; allow it.": "Filen får inte öppnas; tillåt läsning.",
    "The disk could not read the file: {0}.": "Disken kunde inte läsa filen: {0}.",
    "It is not a regular file.": "Det är ingen vanlig fil.",
    "The file is in an encoding that is not known; save it as UTF-8.": (
        "Filens teckenkodning är okänd; spara den i UTF-8."
    ),
    "The file is not text, despite its name; save it as text.": (
        "Filen innehåller ingen text, vad den än heter; spara den som text."
    ),
    "There is no web page in the file.": "Det finns ingen webbsida i filen.",
    "The file is not a valid e-mail.": "Filen är inget brev som går att läsa.",
    "The file is broken, or not what its name says; open it and save it again.": (
        "Filen är trasig, eller inte vad namnet säger; öppna den och spara den igen."
    ),
    "The file is locked, or from Office before 2007; save it again, without a password.": (
        "Filen är låst, eller från Office före 2007; spara den på nytt, utan lösenord."
    ),
    "The file unpacks to more than 300 MB; split it up.": (
        "Filen packas upp till mer än 300 MB; dela upp den."
    ),
    "It is locked with a password; save it without one.": "Den är låst; spara den utan lösenord.",
    "The file is not a valid PDF; open it and save it again.": (
        "Filen är ingen PDF som går att läsa; öppna den och spara den igen."
    ),
    "The file is locked with a password; save it without one.": (
        "Filen är låst med ett lösenord; spara den utan."
    ),
    f"{_SCAN}; install Tesseract and set OCR=yes.": (
        "Sidorna är bilder utan text, som en skanner gör; installera Tesseract och sätt OCR=yes."
    ),
    f"{_SCAN}; OCR=yes needs the program tesseract, which is missing.": (
        "Sidorna är bilder utan text; OCR=yes behöver programmet tesseract, som saknas."
    ),
    f"{_SCAN}, and more than {{0}}; split the file up.": (
        "Sidorna är bilder utan text, och fler än {0}; dela upp filen."
    ),
    "The file is not RTF, despite its name.": ("Filen är inte i RTF-format, vad den än heter."),
    "The file is locked, broken or not .xlsx; save it again.": (
        "Filen är låst, trasig eller ingen .xlsx; spara den på nytt."
    ),
    "The table is broken ({0}).": "Tabellen är trasig ({0}).",
    "The file is not a valid web page; open it and save it again.": (
        "Filen är ingen webbsida som går att läsa; öppna den och spara den igen."
    ),
    "The link leads out of the documents folder; put the file itself there.": (
        "Länken leder ut ur dokumentmappen; lägg själva filen där."
    ),
    "The link leads back to a folder that contains it; it was not followed.": (
        "Länken leder tillbaka till en mapp som den ligger i; den följdes inte."
    ),
    "The link is broken; its target no longer exists.": "Länken leder ingenstans; målet är borta.",
    "The link leads back to itself, or to a forbidden place; it was not followed.": (
        "Länken leder till sig själv, eller dit den inte får; den följdes inte."
    ),
    "The name is not UTF-8; rename it.": "Namnet är inte i UTF-8; byt namn.",
    "There is no permission to open the folder; allow it.": (
        "Mappen får inte öppnas; tillåt läsning."
    ),
    "The disk could not open the folder: {0}.": "Disken kunde inte öppna mappen: {0}.",
    "The disk could not read its type: {0}.": "Disken kunde inte säga vad det är: {0}.",
    "The file is broken, or not what its name says ({0}).": (
        "Filen är trasig, eller inte vad namnet säger ({0})."
    ),
    "Reading it takes more memory than allowed.": ("Att läsa den tar mer minne än en fil får ta."),
    "Files of this kind are not read.": "Filer av den här sorten läses inte.",
    "Not read from the archive: {0}.": "Av det som är packat i den läses inte: {0}.",
    "There is no text in the file.": "Det finns ingen text i filen.",
    "The program that reads such files crashed on it.": (
        "Programmet som läser sådana filer gav upp."
    ),
    "Reading it took longer than the {0} s allowed for its size.": (
        "Att läsa den tog längre än de {0} s som en så stor fil får ta."
    ),
    "Reading it had not finished after {0} s; the disk or the machine is slow.": (
        "Att läsa den var inte klart efter {0} s; disken eller datorn är långsam."
    ),
    "Of the files in the archive, the first {0} were read.": (
        "Av det som är packat i den lästes de första {0}."
    ),
    "It contains data that is not text, or too much text ({0}).": (
        "Den innehåller det som inte är text, eller för mycket av det ({0})."
    ),
    "It could not be cut into passages ({0}).": "Den gick inte att dela i textavsnitt ({0}).",
}


def reason_in(phrases: Mapping[str, str], reason: str) -> str:
    """Return a reason translated by the phrases; unchanged if they don't have it."""
    for english, told in phrases.items():
        pattern = re.sub(r"\\\{\d\\\}", "(.*)", re.escape(english))
        if match := re.fullmatch(pattern, reason, re.DOTALL):
            return told.format(*match.groups())
    return reason
