"""Queues, rate limits and cooldowns."""

import threading
from functools import partial

import pytest

from bot.service.cooldown import Seldom
from bot.service.limits import PerMinute
from bot.service.search_queue import SearchQueue


def test_searches_run_in_threads_first_come_first_served() -> None:
    """In order with one worker, and never in the caller's thread."""
    order: list[int] = []
    threads = set()

    def work(number: int) -> int:
        order.append(number)
        threads.add(threading.current_thread())
        return number

    queue = SearchQueue(at_once=1)
    handed_in = [queue.submit(partial(work, number)) for number in range(5)]
    assert [one.result() for one in handed_in] == order == [0, 1, 2, 3, 4]
    assert threading.current_thread() not in threads


def test_a_place_is_told_until_the_turn_has_come() -> None:
    """A waiting search has a place in the queue; a running or finished one has 0."""
    go_on, begun = threading.Event(), threading.Event()
    queue = SearchQueue(at_once=1)
    first = queue.submit(lambda: begun.set() or go_on.wait())
    second, third = queue.submit(int), queue.submit(int)
    begun.wait()
    assert [queue.place(one) for one in (first, second, third)] == [0, 1, 2]
    second.cancel()
    assert [queue.place(one) for one in (second, third)] == [0, 1]
    go_on.set()
    third.result()
    assert queue.place(third) == queue.waiting == 0


def test_those_who_wait_are_turned_away_and_those_in_turn_finish() -> None:
    """At shutdown, running searches finish."""
    go_on, begun = threading.Event(), threading.Event()
    queue = SearchQueue(at_once=1)
    first = queue.submit(lambda: begun.set() or go_on.wait())
    others = [queue.submit(int) for _ in range(2)]
    begun.wait()
    assert queue.waiting == 2
    queue.turn_away()
    go_on.set()
    assert first.result() is True
    assert [one.cancelled() for one in others] == [True, True]
    assert queue.waiting == 0


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
