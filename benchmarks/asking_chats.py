"""Simulated chats that ask a bot questions, and know the expected answers."""

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
"""Seconds without an answer after which open questions are given up."""
QUIET: Final = 3.0
"""Seconds without an answer after which no more are expected."""


class Expected:
    """Recognises an answer by its quotes."""

    def __init__(self) -> None:
        self._quotes: dict[str, list[frozenset[str]]] = defaultdict(list)

    def learn(self, folder: Path, questions: Sequence[str], **settings: str) -> None:
        """Take the answers of the command line as the right ones, in addition to earlier ones."""
        lines = "\n".join(questions).encode()
        _, output, messages = run_citera(folder, "ask", "--json", "-", stdin=lines, **settings)
        assert output, messages
        for line in output.splitlines():
            answer = json.loads(line)
            quotes = frozenset(_start(one["quote"]) for one in answer["citations"])
            self._quotes[answer["question"]].append(quotes)

    def told_apart(self) -> list[str]:
        """Return the questions whose answers can't be confused with others."""
        return [
            question
            for question, known in self._quotes.items()
            if all(known) and not any(self._hides(question, quotes) for quotes in known)
        ]

    def question_of(self, sent: Sent) -> str | None:
        """Return the question that a message answers; None if it is not an answer."""
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
    """One chat: its questions and the answers so far."""

    id: int
    questions: Sequence[str]
    asked: list[float] = field(default_factory=list)
    """The time of each question."""
    answered: list[tuple[str, float]] = field(default_factory=list)
    """The question and time of each answer."""

    def seconds(self) -> list[float]:
        """Return the duration of each answer, if each question got its own in order."""
        pairs = zip(self.asked, self.answered, strict=False)
        return [came - asked for asked, (_, came) in pairs] if not self.wrong() else []

    def wrong(self) -> str:
        """Return what is wrong with the answers; "" if nothing is."""
        got, wanted = [question for question, _ in self.answered], list(self.questions)
        if got == wanted:
            return ""
        lost = (Counter(wanted[: len(self.asked)]) - Counter(got)).total()
        doubled = (Counter(got) - Counter(wanted)).total()
        told = f"{lost} lost, {doubled} doubled" if lost or doubled else "out of order"
        return f"chat {self.id}: {told} after {len(self.asked)} questions"


class Crowd:
    """All chats: they ask, wait for answers, and ask again."""

    def __init__(self, fake: FakeTelegram, expected: Expected, chats: Sequence[Chat]) -> None:
        self._fake, self._expected = fake, expected
        self._chats = {chat.id: chat for chat in chats}
        self._seen = len(fake.sent)
        self.others: Counter[str] = Counter()
        """Counts of messages that are not answers."""

    def ask(self, open_at_once: int, until: int) -> bool:
        """Keep some questions of each chat open, until the given number of answers has come.

        Return False if none came for a long time.
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
        """Return the number of answers."""
        return sum(len(chat.answered) for chat in self._chats.values())

    def watch(self) -> bool:
        """Wait briefly for messages; return whether an answer is among them."""
        with self._fake.changed:
            if self._seen == len(self._fake.sent):
                self._fake.changed.wait(0.5)
            new = self._fake.sent[self._seen :]
        self._seen += len(new)
        answers = [one for one in new if one.chat_id in self._chats and self._note(one)]
        return bool(answers)

    def settle(self) -> None:
        """Receive messages until there are no more for a while."""
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
