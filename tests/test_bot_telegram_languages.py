"""The bot's language: Telegram's, or the chosen one."""

from telegram_bot import ADMIN, GROUP, MEMBER, STRANGER, Bot

from bot.telegram_bot.access.menus import FOR_ADMINS, FOR_EVERYONE


def test_a_chosen_language_is_spoken_from_then_on_in_menus_too(bot: Bot):
    sent = bot.ask("/language", user=MEMBER)
    assert sent.buttons == ["English", "Svenska", "As set in Telegram"]
    assert bot.press(sent, "Svenska") == "Från och med nu använder jag svenska."
    assert sent.text == "Från och med nu använder jag svenska."
    assert sent.buttons == []
    assert bot.ask("/help", user=MEMBER, language="en").text.startswith("Skriv din fråga")
    for language in ("", "en", "sv"):
        assert bot.fake.menus[str(MEMBER), language] == [*FOR_EVERYONE]


def test_telegrams_language_can_be_chosen_again(bot: Bot):
    bot.press(bot.ask("/language"), "Svenska")
    bot.press(bot.ask("/language"), "Som i Telegram", language="en")
    assert bot.ask("/help", language="en").text.startswith("Write a question")
    assert (str(MEMBER), "") not in bot.fake.menus


def test_admins_keep_their_commands_when_they_choose(bot: Bot):
    bot.press(bot.ask("/language", user=ADMIN), "Svenska")
    assert bot.fake.menus[str(ADMIN), "en"] == [*FOR_EVERYONE, *FOR_ADMINS]


def test_in_a_group_each_chooses_for_themselves(bot: Bot):
    sent = bot.ask("/language@CiteraTestBot", chat=GROUP, user=9)
    text = sent.text
    assert bot.press(sent, "Svenska", user=10).startswith("Från och med nu")
    assert sent.text == text
    assert bot.ask("/help", chat=GROUP, user=9).text.startswith("Write a question")
    assert bot.ask("/help", chat=GROUP, user=10).text.startswith("Skriv din fråga")


def test_a_language_that_there_is_not_is_refused(bot: Bot):
    sent = bot.ask("/language")
    assert bot.press(sent, data="speak:xx") == "I do not know this button."
    assert bot.press(sent, data="speak:sv' OR 1", user=STRANGER) is not None
