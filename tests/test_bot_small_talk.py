"""Small talk, and questions that only start like it."""

import pytest

from bot.question.small_talk import read_small_talk
from bot.texts import LANGUAGES


@pytest.mark.parametrize(
    ("said", "language", "purpose"),
    [
        ("hello", "en", "greeting"),
        ("Hej!", "sv", "greeting"),
        ("hej hej", "sv", "greeting"),
        ("god morgon", "sv", "greeting"),
        ("HELLO there", "en", "greeting"),
        ("tack", "sv", "thanks"),
        ("Tack så mycket!!", "sv", "thanks"),
        ("tack för hjälpen", "sv", "thanks"),
        ("thanks!", "en", "thanks"),
        ("ok thanks", "en", "thanks"),
        ("who are you?", "en", "identity"),
        ("Hej! Vem är du?", "sv", "identity"),
        ("what's your name", "en", "identity"),
        ("what can you do?", "en", "abilities"),
        ("vad kan man fråga om?", "sv", "abilities"),
        ("hjälp", "sv", "abilities"),
        ("bra jobbat", "sv", "praise"),
        ("that's great", "en", "praise"),
        ("How are you today?", "en", "wellbeing"),
        ("hur mår du", "sv", "wellbeing"),
        ("hej då", "sv", "farewell"),
        ("see you later", "en", "farewell"),
        ("okej", "sv", "agreement"),
        ("got it", "en", "agreement"),
    ],
)
def test_small_talk_is_told_by_language_and_purpose(said: str, language: str, purpose: str):
    """Politeness and questions to the program are recognised in any spelling."""
    assert read_small_talk(said, None) == (language, purpose)


@pytest.mark.parametrize("preferred", ["sv", "en"])
def test_what_both_languages_say_is_in_the_one_of_the_conversation(preferred: str):
    """Phrases of both languages, such as "ok", count as the conversation's language."""
    assert read_small_talk("ok", preferred) == (preferred, "agreement")


@pytest.mark.parametrize(
    "question",
    [
        "Hello World programme - who runs it?",
        "tack-mötet",
        "Who are you supposed to call about a broken lamp?",
        "Help with school transport",
        "Hej, vem deltog på mötet i januari?",
        "Vad kan du säga om taket?",
        "How does it work?",
        "bot",
        "Good Morning Sävlinge",
        "vem är duktig på tak?",
        "",
    ],
)
def test_a_question_is_never_taken_for_small_talk(question: str):
    """With any word besides politeness, it is a question."""
    assert read_small_talk(question, "sv") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_line_for_everything_that_can_be_said(language: str):
    """Each purpose has a reply in each language, and there are no others."""
    purposes = {"greeting", "thanks", "identity", "abilities", "praise", "wellbeing", "farewell",
                "agreement"}  # fmt: skip
    assert set(LANGUAGES[language].small_talk) == purposes
