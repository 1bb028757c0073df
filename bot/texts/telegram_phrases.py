"""What the Telegram bot says, as every language has to say it.

Braces are filled in with `str.format`.
"""

from dataclasses import dataclass

from bot.texts.admin_phrases import AdminTexts, PrivacyTexts


@dataclass(frozen=True, slots=True)
class AnswerTexts:
    """What stands in and under an answer."""

    copies: str
    """Tells in how many other documents the same quote stands."""
    within: str
    """Says that one document alone was asked."""
    further: str
    """Heading over passages beyond those that answer."""
    more: str
    """Is the button that shows those."""
    back: str
    open_page: str
    ask_document: str
    ask_all: str
    asking_document: str
    asking_document_in_group: str
    asking_all: str
    goes_on: str
    """Says that a quote too long for a message goes on in the document."""
    grown_old: str
    """Is told at a button whose answer is no longer held, or rests on what has changed."""
    not_yours: str
    unknown_button: str


@dataclass(frozen=True, slots=True)
class InlineTexts:
    """What the button says that opens a chat with the bot, over the results of an inline query."""

    strangers: str
    type_on: str
    too_many: str
    nothing: str


@dataclass(frozen=True, slots=True)
class LanguageTexts:
    """What is said to those who choose a language."""

    which: str
    as_in_telegram: str
    chosen: str


@dataclass(frozen=True, slots=True)
class MenuTexts:
    """What Telegram shows of the bot: its commands, and what it is."""

    ask: str
    new: str
    language: str
    help: str
    privacy: str
    forgetme: str
    status: str
    reembed: str
    users: str
    unanswered: str
    stats: str
    export: str
    boilerplate: str
    description: str
    """At most 512 characters, shown in a chat that is still empty."""
    short_description: str
    """At most 120 characters, shown on the bot's page and where it is passed on."""


@dataclass(frozen=True, slots=True)
class AccessTexts:
    """What is said to and about strangers."""

    stranger: str
    nobody_yet: str
    """What a stranger is told while there is no admin."""
    code: str
    too_many_wait: str
    request: str
    """What admins are told of a stranger."""
    admit: str
    refuse: str
    settled_already: str
    admitted: str
    refused: str
    welcome: str
    not_admitted: str
    closed_group: str
    let_group_in: str
    """What members of such a group are told to do."""
    admit_group: str
    group_admitted: str


@dataclass(frozen=True, slots=True)
class FeedbackTexts:
    """What is shown for a moment when a thumb is pressed."""

    noted: str
    taken_back: str
    gone: str
    askers_alone: str


@dataclass(frozen=True, slots=True)
class LimitTexts:
    """What is said to those who have to wait."""

    too_many: str
    place: str
    passed_over: str
    """What is said after the bot was down, where it answers the last of several questions."""


@dataclass(frozen=True, slots=True)
class ReembedTexts:
    """What stands in the message that tells of a re-embed, and on its buttons."""

    pace: str
    cancel: str
    cancelling: str
    cancelled: str
    over: str
    """Is shown to one who presses a button too late."""
    roll_back: str
    rolled_back: str


@dataclass(frozen=True, slots=True)
class TelegramTexts:
    """The bot's phrases in one language."""

    answer: AnswerTexts
    inline: InlineTexts
    language: LanguageTexts
    menu: MenuTexts
    access: AccessTexts
    feedback: FeedbackTexts
    limits: LimitTexts
    reembed: ReembedTexts
    admin: AdminTexts
    privacy: PrivacyTexts
    greeting: str
    samples: str
    """Is added to the greeting until documents of one's own are named."""
    help: str
    help_for_admins: str
    admins_alone: str
    unknown_command: str
    text_alone: str
    forgotten: str
    long_forward: str
    no_question: str
    too_long: str
    cannot_answer: str
    trouble: str
    """What admins are told of a trouble that others are not told the reason of."""
    failed: str
    reembed_started: str
    reembed_running: str
    reembed_done: str
    reembed_unchanged: str
    reembed_failed: str
    skipped: str
    reasons: dict[str, str]
    """Why a file was not read, by the reason in English."""
    not_read: str
    and_more: str
    status: str
    stages: dict[str, str]
    """What each stage of a re-embed is called."""
