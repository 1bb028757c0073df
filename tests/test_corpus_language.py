"""Language detection of documents and questions."""

import pytest

from corpus.languages.detection import detect_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Vem deltog på mötet i januari?"),
        ("sv", "vilka ministrar åkte till Bukarest"),
        ("sv", "hur mycket kostar vägen"),
        ("sv", "När är nästa årsmöte?"),
        ("sv", "Varför sa hon nej?"),
        ("sv", "minister Åsa Regnér"),
        ("sv", "Mötet öppnades av ordföranden, som hälsade alla välkomna."),
        ("sv", "Pressträff om EU:s klimatpaket Fit for 55"),
        ("en", "who attended the January meeting"),
        ("en", "What did the government decide about nuclear power?"),
        ("en", "how much does it cost"),
        ("en", "list the attendees of the board meeting"),
        ("en", "Did Anna Lind attend?"),
        ("en", "decisions in March 2023"),
        ("en", "What is prop. 2023/24:100 about"),
        ("en", "The chair opened the meeting and welcomed everybody from Malmö and Umeå."),
        ("other", "Kuka osallistui tammikuun kokoukseen ja mitä siellä päätettiin?"),
        ("other", "من حضر اجتماع يناير؟"),
        ("other", "Кто присутствовал на встрече?"),
        ("other", "Yaa ka qayb galay shirka Janaayo oo maxaa la go'aamiyey?"),
        ("other", "Hvem deltog i mødet i januar, og hvad blev der besluttet om budgettet?"),
        ("other", "Hvem deltok på møtet i januar, og hva ble bestemt om budsjettet?"),
        ("other", "Wer hat an der Sitzung im Januar teilgenommen und was wurde beschlossen?"),
        ("other", "Qui a participé à la réunion de janvier et qu'est-ce qui a été décidé ?"),
        ("other", "¿Quién asistió a la reunión de enero y qué se decidió?"),
        ("other", "Kto uczestniczył w spotkaniu i co zostało postanowione?"),
    ],
)
def test_language_is_told(language, text):
    """Function words distinguish Swedish, English and other languages."""
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["Anna Lind", "budget 2024", "", "2023-01-15 🎉", "***"])
@pytest.mark.parametrize("default", ["sv", "en", "other"])
def test_too_little_to_tell(text, default):
    """Names and numbers get the default language."""
    assert detect_language(text, default=default) == default


def test_a_long_text_without_any_known_word_is_other():
    """A text without known function words is in another language."""
    sami = "Davviriikkalaš giellabálkkašupmi geigejuvvo fas dán jagi golggotmánus Kárášjogas. " * 5
    assert detect_language(sami) == "other"
