"""The Telegram phrases that every language must have.

Braces are filled in with `str.format`.
"""

from dataclasses import dataclass

from bot.texts.admin_phrases import AdminTexts, PrivacyTexts


@dataclass(frozen=True, slots=True)
class AnswerTexts:
    """Texts in and under an answer."""

    copies: str
    """Says how many other documents have the same quote."""
    within: str
    """Says that only one document was searched."""
    further: str
    """Heading over further passages."""
    more: str
    """Button that shows further passages."""
    back: str
    open_page: str
    ask_document: str
    ask_all: str
    asking_document: str
    asking_document_in_group: str
    asking_all: str
    goes_on: str
    """Says that a quote too long for a message continues in the document."""
    grown_old: str
    """Shown for a button whose answer is no longer stored or is out of date."""
    not_yours: str
    unknown_button: str


@dataclass(frozen=True, slots=True)
class InlineTexts:
    """Texts of the button above inline results that opens a chat with the bot."""

    strangers: str
    type_on: str
    too_many: str
    nothing: str


@dataclass(frozen=True, slots=True)
class LanguageTexts:
    """Texts about choosing a language."""

    which: str
    as_in_telegram: str
    chosen: str


@dataclass(frozen=True, slots=True)
class MenuTexts:
    """What Telegram shows about the bot: its commands and descriptions."""

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
    """At most 512 characters; shown in an empty chat."""
    short_description: str
    """At most 120 characters; shown on the bot's profile and when it is shared."""


@dataclass(frozen=True, slots=True)
class AccessTexts:
    """Texts to and about users without access."""

    stranger: str
    nobody_yet: str
    """Shown to users while there is no admin."""
    code: str
    too_many_wait: str
    request: str
    """The request for access, shown to admins."""
    admit: str
    refuse: str
    settled_already: str
    admitted: str
    refused: str
    welcome: str
    not_admitted: str
    closed_group: str
    let_group_in: str
    """Says how to let the group in, shown to its members."""
    admit_group: str
    group_admitted: str


@dataclass(frozen=True, slots=True)
class FeedbackTexts:
    """Notices shown when a thumb is pressed."""

    noted: str
    taken_back: str
    gone: str
    askers_alone: str


@dataclass(frozen=True, slots=True)
class LimitTexts:
    """Texts about waiting and limits."""

    too_many: str
    place: str
    passed_over: str
    """Said after downtime, when only the last of several questions is answered."""


@dataclass(frozen=True, slots=True)
class ReembedTexts:
    """Texts of the progress message of a re-embed, and its buttons."""

    pace: str
    cancel: str
    cancelling: str
    cancelled: str
    over: str
    """Shown if a button is pressed too late."""
    roll_back: str
    rolled_back: str


@dataclass(frozen=True, slots=True)
class TelegramTexts:
    """The bot's texts in one language."""

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
    """Added to the greeting while the sample documents are in use."""
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
    """Tells admins the reason of an error; other users are not told it."""
    failed: str
    reembed_started: str
    reembed_running: str
    reembed_done: str
    reembed_unchanged: str
    reembed_failed: str
    skipped: str
    reasons: dict[str, str]
    """Why a file was not read, by the English reason."""
    not_read: str
    and_more: str
    status: str
    stages: dict[str, str]
    """The names of the stages of a re-embed."""
