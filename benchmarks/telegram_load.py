"""Load test of the Telegram bot: 200 chats ask 2,000 questions while calls fail.

    make benchmark-telegram

The real `citera telegram` answers over the sample documents, against the Bot API server of the
tests. Some of its calls fail: they are rate-limited, refused by a broken gateway, or lose their
connection. Midway an admin starts a re-embed. Every question must be answered exactly once and in
order within its chat; the test reports the time and memory that took.
"""

import argparse
import json
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from bot_api import Dropped, FakeTelegram, Refused
from bot_api.faults import Fault, too_many_requests
from bot_process import BotProcess
from command_line import ROOT, run_citera

from benchmarks.asking_chats import Chat, Crowd, Expected
from bot.settings import SAMPLES

ADMIN: Final = 7
FIRST_CHAT: Final = 1000
ASKED: Final = ROOT / "tests/golden/samples.jsonl"
ADDED: Final = ("hittegods.md", "# Hittegods\n\nPublicerad 3 juni 2025\n\nEn vante har hittats.\n")
"""A document that changes the index without answering any question."""


class Failing:
    """Makes a share of the calls fail, in three ways."""

    def __init__(self, share: float) -> None:
        self.counted: Counter[str] = Counter()
        self._share = share
        self._random = random.Random(5)

    def __call__(self, method: str) -> Fault | None:
        """Return the failure of a call, or None."""
        if self._random.random() >= self._share:
            return None
        faults: dict[str, Fault] = {"502": Refused(502, "Bad Gateway"), "dropped": Dropped()}
        if method != "getUpdates":
            faults["429"] = too_many_requests(1)
        name = self._random.choice(sorted(faults))
        self.counted[name] += 1
        return faults[name]


def main() -> int:
    """Run the load test; return 1 if an answer is missing or wrong."""
    parser = argparse.ArgumentParser(description="Puts load on the Telegram bot.")
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--each", type=int, default=10, help="questions that a chat asks")
    parser.add_argument("--open", type=int, default=2, help="of these at a time")
    parser.add_argument("--failing", type=float, default=0.05, help="share of calls that fail")
    parser.add_argument("--log", type=Path, help="file to keep the bot's log in")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, FakeTelegram() as fake:
        return run(given, Path(folder), fake)


def run(given: argparse.Namespace, folder: Path, fake: FakeTelegram) -> int:
    """Build an index, start the bot, ask the questions, and report."""
    documents, store = folder / "documents", folder / "store"
    settings = {"DOCUMENTS_DIR": str(documents), "STORE_DIR": str(store)}
    expected = learn_answers(folder, documents, settings)
    questions = expected.told_apart()
    chats = [
        Chat(FIRST_CHAT + n, [questions[(n + k) % len(questions)] for k in range(given.each)])
        for n in range(given.chats)
    ]
    members = ",".join(str(chat.id) for chat in chats)
    settings |= {"ADMIN_USER_IDS": str(ADMIN), "ALLOWED_CHAT_IDS": members}
    settings["QUESTIONS_PER_MINUTE"] = "0"  # No rate limit.
    failing, all_of_them = Failing(given.failing), given.chats * given.each
    with BotProcess(fake, folder, **settings) as bot:
        fake.say(questions[0], user=ADMIN)
        fake.wait_for(lambda: fake.texts(ADMIN), 60)
        crowd = Crowd(fake, expected, chats)
        print(f"memory before: {memory(bot.pid)}", flush=True)
        fake.chance, began = failing, time.monotonic()
        if crowd.ask(given.open, all_of_them // 2):
            add_document(documents)
            fake.say("/reembed", user=ADMIN)
            crowd.ask(given.open, all_of_them)
        took = time.monotonic() - began
        fake.chance = None
        crowd.settle()
        print(f"memory after:  {memory(bot.pid)}; {processor(bot.pid)}")
        code = bot.stop()
    if given.log:
        given.log.write_text(bot.log, encoding="utf-8")
    print(f"calls: {len(fake.calls)}, of which failed: {dict(failing.counted)}")
    print(f"admin was told: {fake.texts(ADMIN)[1:]}")
    print(f"exit code {code} at the end; {len(bot.log.splitlines())} lines logged")
    for text, times in crowd.others.most_common(5):
        print(f"no answer, {times} times: {text!r}")
    return report(chats, crowd.answered(), took)


def learn_answers(folder: Path, documents: Path, settings: dict[str, str]) -> Expected:
    """Build the index; return the expected answers before and after the change."""
    expected = Expected()
    asked = [json.loads(line)["question"] for line in ASKED.read_text("utf-8").splitlines()]
    shutil.copytree(SAMPLES, documents)
    add_document(documents)
    for store in (str(folder / "later"), settings["STORE_DIR"]):
        run_citera(folder, "reembed", **{**settings, "STORE_DIR": store})
        expected.learn(folder, asked, **{**settings, "STORE_DIR": store})
        (documents / ADDED[0]).unlink(missing_ok=True)
    return expected


def add_document(documents: Path) -> None:
    """Add a document, so that the index is rebuilt."""
    (documents / ADDED[0]).write_text(ADDED[1], encoding="utf-8")


def memory(pid: int) -> str:
    """Return the memory of a process, if the system reports it."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return f"{int(found[1]) / 1024:.0f} MB" if found else "not told by this system"


def processor(pid: int) -> str:
    """Return the CPU time of a process, if the system reports it."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return "processor time not told by this system"
    ticks = sum(map(int, stat.read_text().rpartition(")")[2].split()[11:13]))
    return f"{ticks / os.sysconf('SC_CLK_TCK'):.0f} s of processor time"


def report(chats: Sequence[Chat], answered: int, took: float) -> int:
    """Print the results; return the exit code."""
    asked = sum(len(chat.questions) for chat in chats)
    wrong = [chat.wrong() for chat in chats if chat.wrong()]
    print(f"{asked} questions in {len(chats)} chats, {answered} answers in {took:.0f} s")
    seconds = [one for chat in chats for one in chat.seconds()]
    if seconds:
        median, late = np.percentile(seconds, [50, 95])
        print(f"from question to answer: median {median:.2f} s, 95th percentile {late:.2f} s")
    print(*wrong, sep="\n") if wrong else print("each answered exactly once, in order")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
