"""Retries and rate limits per chat."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram_bot.transport.retry import PatientPerChat


class Clock:
    """A clock that sleeping advances."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Advance the time, and let other tasks run."""
        self.now += seconds
        await asyncio.sleep(0)


class Telegram:
    """Answers each request with the next of its replies, and records when it came."""

    def __init__(self, clock: Clock, *replies: TelegramError | str) -> None:
        self._clock = clock
        self._replies: Iterator[TelegramError | str] = iter(replies)
        self.came: list[float] = []

    async def post(self) -> str:
        """Answer a request."""
        self.came.append(self._clock())
        reply = next(self._replies)
        if isinstance(reply, TelegramError):
            raise reply
        return reply


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limiter(clock: Clock) -> PatientPerChat:
    return PatientPerChat(clock, clock.sleep)


def send(
    limiter: PatientPerChat, telegram: Telegram, endpoint: str = "sendMessage", **more: Any
) -> Any:
    call = {"args": (), "kwargs": {}, "data": {"chat_id": 1}, "rate_limit_args": None, **more}
    return limiter.process_request(telegram.post, endpoint=endpoint, **call)


pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after")


def test_a_message_waits_as_long_as_telegram_asks(limiter: PatientPerChat, clock: Clock) -> None:
    telegram = Telegram(clock, RetryAfter(7), "sent")
    assert asyncio.run(send(limiter, telegram)) == "sent"
    assert telegram.came == [0, 7]


def test_the_next_message_to_that_chat_waits_too_and_others_do_not(clock: Clock) -> None:
    flooded = Telegram(clock, RetryAfter(7), "first", "second")
    other = Telegram(clock, "other")

    async def run() -> None:
        time_passes = asyncio.Event()

        async def sleep(seconds: float) -> None:
            until = clock.now + seconds
            await time_passes.wait()
            clock.now = max(clock.now, until)

        limiter = PatientPerChat(clock, sleep)
        first = asyncio.create_task(send(limiter, flooded))
        while not flooded.came:
            await asyncio.sleep(0)
        second = asyncio.create_task(send(limiter, flooded))
        assert await send(limiter, other, data={"chat_id": 2}) == "other"
        time_passes.set()
        await asyncio.gather(first, second)

    asyncio.run(run())
    assert other.came == [0]
    assert flooded.came == [0, 7, 7]


@pytest.mark.parametrize(
    "failure", [NetworkError("Bad Gateway"), TimedOut(), NetworkError("httpx.ConnectError")]
)
def test_a_message_is_sent_again_until_the_network_is_back(
    failure: NetworkError, limiter: PatientPerChat, clock: Clock
) -> None:
    telegram = Telegram(clock, *[failure] * 40, "sent")
    assert asyncio.run(send(limiter, telegram)) == "sent"
    pauses = [later - earlier for earlier, later in pairwise(telegram.came)]
    assert pauses[0] <= 0.625
    assert max(pauses) <= 37.5


def test_a_message_waits_a_day_for_the_network(limiter: PatientPerChat, clock: Clock) -> None:
    """Network errors have the HTTP library's error as cause."""
    lost = NetworkError("httpx.ConnectError")
    lost.__cause__ = OSError("no route")
    telegram = Telegram(clock, *[lost] * 2000, "sent")
    assert asyncio.run(send(limiter, telegram)) == "sent"
    assert telegram.came[-1] > 12 * 3600


def test_a_message_is_given_up_after_an_hour(limiter: PatientPerChat, clock: Clock) -> None:
    telegram = Telegram(clock, *[NetworkError("Bad Gateway")] * 1000)
    with pytest.raises(NetworkError):
        asyncio.run(send(limiter, telegram))
    assert 3500 < telegram.came[-1] < 3600


@pytest.mark.parametrize("refusal", [BadRequest("chat not found"), Forbidden("bot was blocked")])
def test_what_telegram_refuses_is_not_sent_again(
    refusal: TelegramError, limiter: PatientPerChat, clock: Clock
) -> None:
    telegram = Telegram(clock, refusal, "sent")
    with pytest.raises(type(refusal)):
        asyncio.run(send(limiter, telegram))


@pytest.mark.parametrize(
    "endpoint", ["sendChatAction", "setMessageReaction", "answerCallbackQuery", "getMe"]
)
def test_a_sign_that_is_worth_nothing_later_is_tried_once(endpoint: str, clock: Clock) -> None:
    for failure in (NetworkError("Bad Gateway"), RetryAfter(1)):
        telegram = Telegram(clock, failure, "too late")
        with pytest.raises(type(failure)):
            asyncio.run(send(PatientPerChat(clock, clock.sleep), telegram, endpoint))
