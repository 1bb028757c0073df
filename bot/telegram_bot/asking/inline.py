"""Inline mode: answers what a user types after the bot's name, one result per citation."""

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.question.reading import clean_question
from bot.service.exchanges import Place, Question
from bot.service.services import Services
from bot.telegram_bot.access.rights import Access, Context
from bot.telegram_bot.access.user_language import phrases_for
from bot.telegram_bot.asking.answer_messages import linked_title, marked_quote, notes_on, title_of
from bot.telegram_bot.asking.markup import MOST_UNITS, Piece, joined, on_one_line, plain, tagged
from bot.telegram_bot.asking.message_desk import MessageDesk
from bot.telegram_bot.asking.splitting import units
from bot.texts import texts_for
from bot.types import Answer, Citation
from corpus.errors import UserError

_PAUSE: Final = 0.3
"""Seconds without typing before a question is searched."""
_SHORTEST: Final = 6
"""Minimum length of a question; a shorter one is still being typed."""
_CACHED: Final = 10
"""Seconds for which Telegram may cache the results."""
_LONGEST_TITLE: Final = 80
_LONGEST_DESCRIPTION: Final = 200
_GOES_ON: Final = " …"
_START: Final = "inline"
"""The /start parameter of the button above the results."""

_log = logging.getLogger(__name__)


class Inline:
    """Answers users with access in any chat; offers others to start a chat with the bot."""

    def __init__(self, services: Services, access: Access, desk: MessageDesk) -> None:
        self._services = services
        self._access = access
        self._desk = desk
        self._latest: dict[int, str] = {}
        """The last query of each user; a query followed by another is dropped."""

    async def queried(self, update: Update, context: Context) -> None:
        """Offer the citations of an answer as messages to send."""
        query = update.inline_query
        assert query is not None  # Registered for inline queries only.
        user = query.from_user
        texts = phrases_for(user, self._services.people).telegram.inline
        if not self._access.lets_in(user.id, user.id):
            await _offer(query, (), texts.strangers)
        elif len(query.query.strip()) < _SHORTEST:
            await _offer(query, (), texts.type_on)
        elif not await self._goes_on(query):
            return
        elif seconds := self._desk.wait(user.id, datetime.now(UTC)):
            await _offer(query, (), texts.too_many.format(seconds=seconds))
        elif answer := await self._answer(query):
            results = [_article(answer, one, context.bot.username) for one in answer.citations]
            await _offer(query, results, "" if results else texts.nothing)

    async def _goes_on(self, query: InlineQuery) -> bool:
        """Wait, and return whether no other query has followed."""
        user = query.from_user.id
        self._latest[user] = query.id
        await asyncio.sleep(_PAUSE)
        if self._latest.get(user) != query.id:
            return False
        del self._latest[user]
        return True

    async def _answer(self, query: InlineQuery) -> Answer | None:
        """Return the answer to a query; None if that is impossible."""
        try:
            question = clean_question(query.query)
            user = str(query.from_user.id)
            place = Place(user, "", user)
            return (await self._desk.answer(Question(question, place))).answer
        except UserError as error:
            _log.info("An inline query could not be answered: %s", error)
            return None


def _article(answer: Answer, citation: Citation, bot: str) -> InlineQueryResultArticle:
    asked_in = answer.reading.language
    notes = notes_on(citation, texts_for(asked_in), asked_in)
    content = _content(answer, citation, notes, bot)
    key = f"{answer.question} {citation.document} {citation.quote_start} {citation.quote_end}"
    return InlineQueryResultArticle(
        hashlib.sha256(key.encode()).hexdigest()[:32],
        title_of(citation, _LONGEST_TITLE),
        InputTextMessageContent(content.html, ParseMode.HTML),
        description=on_one_line(f"{notes} {citation.quote}".strip(), _LONGEST_DESCRIPTION),
    )


def _content(answer: Answer, citation: Citation, notes: str, bot: str) -> Piece:
    """Return the message of a result: question, quote and source."""
    head = Piece(
        f"{linked_title(citation, _LONGEST_TITLE)}{plain(notes and f' · {notes}').html}",
        f"{title_of(citation, _LONGEST_TITLE)}{notes and f' · {notes}'}",
    )
    asked, by = tagged(plain(answer.question), "i"), plain(f"@{bot}")
    room = MOST_UNITS - sum(units(one.plain) + 2 for one in (head, asked, by))
    first, *rest = marked_quote(citation).split(room - units(_GOES_ON))
    quote = joined((first.piece(), plain(_GOES_ON if rest else "")), "")
    quote = tagged(quote, "blockquote", " expandable")
    return joined((asked, joined((head, quote), "\n"), by), "\n\n")


async def _offer(
    query: InlineQuery, results: Sequence[InlineQueryResultArticle], note: str
) -> None:
    """Answer a query; a note becomes a button above the results that opens a chat."""
    button = InlineQueryResultsButton(note, start_parameter=_START) if note else None
    try:
        await query.answer(results, cache_time=_CACHED, is_personal=True, button=button)
    except BadRequest as error:
        _log.info("An inline query was answered too late: %s", error)
