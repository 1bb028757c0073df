"""Chats that ask a bot question after question, and know what it should answer."""

import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot_api import FakeTelegram, Sent
from command_line import run_citera

PATIENCE: Final = 60.0
"""Seconds without any answer after which those still open are given up."""
QUIET: Final = 3.0
"""Seconds without any answer after which no more are expected."""


class Expected:
    """Knows an answer by the quotes in it."""

    def __init__(self) -> None:
        self._quotes: dict[str, list[frozenset[str]]] = defaultdict(list)

    def learn(self, folder: Path, questions: Sequence[str], **settings: str) -> None:
        """Take what the command line answers for right, beside what was learnt before."""
        lines = "\n".join(questions).encode()
        _, output, messages = run_citera(folder, "ask", "--json", "-", stdin=lines, **settings)
        assert output, messages
        for line in output.splitlines():
            answer = json.loads(line)
            quotes = frozenset(_start(one["quote"]) for one in answer["citations"])
            self._quotes[answer["question"]].append(quotes)

    def told_apart(self) -> list[str]:
        """Return the questions with an answer that cannot be taken for another's."""
        return [
            question
            for question, known in self._quotes.items()
            if all(known) and not any(self._hides(question, quotes) for quotes in known)
        ]

    def question_of(self, sent: Sent) -> str | None:
        """Return the question that a message answers; None where it is no answer."""
        text = " ".join(sent.text.split())
        found = [
            (len(quotes), question)
            for question, known in self._quotes.items()
            for quotes in known
            if quotes and all(quote in text for quote in quotes)
        ]
        return max(found)[1] if found else None

    def _hides(self, question: str, quotes: frozenset[str]) -> bool:
        others = (known for other, known in self._quotes.items() if other != question)
        return any(quotes <= other for known in others for other in known)


def _start(quote: str) -> str:
    return " ".join(quote.split())[:60]


@dataclass
class Chat:
    """One chat: what it is to ask, and what has come of it."""

    id: int
    questions: Sequence[str]
    asked: list[float] = field(default_factory=list)
    """When each was asked."""
    answered: list[tuple[str, float]] = field(default_factory=list)
    """Which question each answer answers, and when it came."""

    def seconds(self) -> list[float]:
        """Return how long each answer took, where each question got its own in its turn."""
        pairs = zip(self.asked, self.answered, strict=False)
        return [came - asked for asked, (_, came) in pairs] if not self.wrong() else []

    def wrong(self) -> str:
        """Return what is wrong with the answers; "" where nothing is."""
        got, wanted = [question for question, _ in self.answered], list(self.questions)
        if got == wanted:
            return ""
        lost = (Counter(wanted[: len(self.asked)]) - Counter(got)).total()
        doubled = (Counter(got) - Counter(wanted)).total()
        told = f"{lost} lost, {doubled} doubled" if lost or doubled else "out of order"
        return f"chat {self.id}: {told} after {len(self.asked)} questions"


class Crowd:
    """All the chats: they ask, watch what is answered, and ask on."""

    def __init__(self, fake: FakeTelegram, expected: Expected, chats: Sequence[Chat]) -> None:
        self._fake, self._expected = fake, expected
        self._chats = {chat.id: chat for chat in chats}
        self._seen = len(fake.sent)
        self.others: Counter[str] = Counter()
        """How often each message came that answers no question."""

    def ask(self, open_at_once: int, until: int) -> bool:
        """Ask, some questions of each chat at a time, until so many answers have come.

        Return False where none came for long.
        """
        last = time.monotonic()
        while self.answered() < until:
            for chat in self._chats.values():
                while len(chat.asked) < min(len(chat.questions), len(chat.answered) + open_at_once):
                    self._fake.say(chat.questions[len(chat.asked)], user=chat.id)
                    chat.asked.append(time.monotonic())
            if self.watch():
                last = time.monotonic()
            elif time.monotonic() - last > PATIENCE:
                return False
        return True

    def answered(self) -> int:
        """Return how many answers have come."""
        return sum(len(chat.answered) for chat in self._chats.values())

    def watch(self) -> bool:
        """Wait a moment for messages; return whether an answer is among them."""
        with self._fake.changed:
            if self._seen == len(self._fake.sent):
                self._fake.changed.wait(0.5)
            new = self._fake.sent[self._seen :]
        self._seen += len(new)
        answers = [one for one in new if one.chat_id in self._chats and self._note(one)]
        return bool(answers)

    def settle(self) -> None:
        """Take what still comes, until nothing has come for a while."""
        last = time.monotonic()
        while time.monotonic() - last < QUIET:
            if self.watch():
                last = time.monotonic()

    def _note(self, sent: Sent) -> bool:
        question = self._expected.question_of(sent)
        if question is None:
            self.others[re.sub(r"\d+", "N", sent.text[:70])] += 1
            return False
        self._chats[sent.chat_id].answered.append((question, sent.at))
        return True
