"""Who is served when: searches in turn, so many questions a minute, and some things seldom."""

import asyncio
import threading
from typing import Any

import pytest

from bot.service.cooldown import Seldom
from bot.service.limits import PerMinute
from bot.telegram_bot.transport.pool import SearchPool


def no_place(place: int) -> None:
    raise AssertionError


def test_searches_run_off_the_event_loop_first_come_first_served() -> None:
    order: list[int] = []
    threads = set()

    def work(number: int) -> int:
        order.append(number)
        threads.add(threading.current_thread())
        return number

    async def run() -> list[int]:
        pool = SearchPool(at_once=1, long=60)
        return await asyncio.gather(
            *(pool.run(lambda number=number: work(number), no_place) for number in range(5))
        )

    assert asyncio.run(run()) == order == [0, 1, 2, 3, 4]
    assert threading.current_thread() not in threads


def test_one_who_waits_long_is_told_their_place_once() -> None:
    told: list[tuple[str, int]] = []
    everybody_told, go_on = threading.Event(), threading.Event()

    def tell(who: str, place: int) -> None:
        told.append((who, place))
        if len(told) == 2:
            everybody_told.set()

    async def run() -> None:
        pool = SearchPool(at_once=1, long=0)
        first = asyncio.create_task(pool.run(go_on.wait, no_place))
        await asyncio.sleep(0)
        second = asyncio.create_task(pool.run(int, lambda place: tell("second", place)))
        third = asyncio.create_task(pool.run(int, lambda place: tell("third", place)))
        await asyncio.to_thread(everybody_told.wait)
        go_on.set()
        await asyncio.gather(first, second, third)

    asyncio.run(run())
    assert told == [("second", 1), ("third", 2)]


def test_those_who_wait_are_turned_away_and_those_in_turn_finish() -> None:
    go_on = threading.Event()

    async def run() -> list[Any]:
        pool = SearchPool(at_once=1, long=60)
        tasks = [asyncio.create_task(pool.run(go_on.wait, no_place)) for _ in range(3)]
        await asyncio.sleep(0)
        assert pool.waiting == 2
        pool.turn_away()
        go_on.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    first, *others = asyncio.run(run())
    assert first is True
    assert [type(one) for one in others] == [asyncio.CancelledError] * 2


def test_questions_are_counted_by_the_time_they_were_sent() -> None:
    limit = PerMinute(2)
    assert [limit.wait(1, at) for at in (100, 110, 120)] == [0, 0, 40]
    assert limit.wait(2, 120) == 0
    assert [limit.wait(1, at) for at in (159, 160, 161, 170)] == [1, 0, 9, 0]


def test_a_limit_of_nought_is_none() -> None:
    limit = PerMinute(0)
    assert [limit.wait(1, 100) for _ in range(100)] == [0] * 100


def test_a_thing_is_done_seldom_for_each_and_for_no_more_than_are_remembered() -> None:
    now = 0.0
    seldom = Seldom(60, most=2, clock=lambda: now)
    assert [seldom.allows("a"), seldom.allows("a"), seldom.allows("b")] == [True, False, True]
    assert not seldom.allows("c")
    assert "a" in seldom
    assert "c" not in seldom
    now = 60.0
    assert "a" not in seldom
    assert [seldom.allows("c"), seldom.allows("a")] == [True, True]
    seldom.forget("a")
    assert seldom.allows("a")


@pytest.mark.parametrize("most", [1, 3])
def test_a_flood_of_users_is_not_remembered_without_end(most: int) -> None:
    limit = PerMinute(most)
    for user in range(20_000):
        limit.wait(user, 100)
    assert len(limit._sent) <= 10_000
