"""The re-embed from Telegram: one at a time, told in one message, and never in the answers' way."""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_telegram import TOKEN, FakeTelegram, remembering, take
from telegram_html import Refused

from bot.settings import Settings
from bot.telegram_bot.services import Services
from bot.types import Answer, Reading
from corpus.errors import UserError
from corpus.types import Skipped
from embeddings.storage import Manifest
from embeddings.types import BuildReport, Progress

ADMIN = 7
SKIPPED = tuple(Skipped(f"file{number}.md", "It is empty.") for number in range(14))


def report(skipped: tuple[Skipped, ...] = (), *, unchanged: bool = False) -> BuildReport:
    return BuildReport("g", 24, 100, 3, 97, skipped, (), 1.2, unchanged=unchanged)


def answer(question: str, **_: object) -> Answer:
    return Answer(question, Reading("en", None, ()), "Meanwhile answered.", (), (), 0.0, 0.0)


def status() -> Manifest:
    raise UserError("There is no index yet.")


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


def reembed(fake: FakeTelegram, rebuild: Callable[[Progress], BuildReport], *texts: str) -> None:
    """Have an admin write the texts, all at once, to a bot that rebuilds like that."""
    settings = Settings(
        telegram_bot_token=TOKEN, admin_user_ids=frozenset({ADMIN}), telegram_api_url=fake.url
    )
    updates = [fake.update(text, user=ADMIN) for text in texts or ("/reembed",)]
    with tempfile.TemporaryDirectory() as folder, remembering(Path(folder)) as memory:
        take(settings, Services(answer, rebuild, status, lambda *_: None, **memory), *updates)


def edits(fake: FakeTelegram) -> list[str]:
    return [params["text"] for method, params in fake.calls if method == "editMessageText"]


def test_progress_is_told_in_one_message_edited_seldom_and_only_when_it_moved(
    fake: FakeTelegram,
) -> None:
    def rebuild(progress: Progress) -> BuildReport:
        for done in range(1, 51):
            progress("read", done, 100)
        time.sleep(4.5)
        return report()

    began = time.monotonic()
    reembed(fake, rebuild)
    [sent] = fake.sent
    assert sent.text == "Done in 1 s: 24 documents, 100 passages, of which 3 are new or changed."
    on_the_way, _ = edits(fake)
    assert on_the_way.startswith("Reading documents 50/100\n▓▓▓▓▓░░░░░")
    assert sent.edits[0][0] - began >= 2


def test_a_second_reembed_is_refused_while_one_runs_and_questions_are_answered(
    fake: FakeTelegram,
) -> None:
    runs = []

    def rebuild(progress: Progress) -> BuildReport:
        runs.append(progress)
        fake.wait_for(lambda: "A re-embed is already running." in fake.texts())
        fake.wait_for(lambda: "Meanwhile answered." in fake.texts())
        return report(unchanged=True)

    reembed(fake, rebuild, "/reembed", "/reembed", "Is anybody there?")
    assert len(runs) == 1
    assert "Nothing has changed: 24 documents, 100 passages." in fake.texts()


def test_another_reembed_may_follow_one_that_failed(fake: FakeTelegram) -> None:
    def rebuild(progress: Progress) -> BuildReport:
        raise UserError("Another re-embed is running. Wait until it is done.")

    reembed(fake, rebuild)
    reembed(fake, lambda progress: report())
    assert fake.texts()[0] == "Another re-embed is running. Wait until it is done."
    assert fake.texts()[1].startswith("Done")


def test_an_error_of_ours_is_told_without_its_details_and_logged(
    fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    def rebuild(progress: Progress) -> BuildReport:
        raise ZeroDivisionError("secret detail")

    reembed(fake, rebuild)
    failed, apology = fake.texts()
    assert failed.startswith("The re-embed failed.")
    assert apology.rstrip(".").split()[-1] in caplog.text
    assert "secret detail" in caplog.text
    assert "secret" not in failed + apology


def test_files_that_could_not_be_read_are_named_and_the_rest_counted(fake: FakeTelegram) -> None:
    reembed(fake, lambda progress: report(SKIPPED))
    [text] = fake.texts()
    assert "Could not be read: 14\n• file0.md: It is empty." in text
    assert text.endswith("• file9.md: It is empty.\n… and 4 more")


def test_a_report_longer_than_a_message_is_told_whole(fake: FakeTelegram) -> None:
    skipped = tuple(Skipped(f"{number}.md", "why <&> " * 100) for number in range(10))
    reembed(fake, lambda progress: report(skipped))
    assert len(fake.sent) > 1
    assert "".join(fake.texts()).count("why <&>") == 1000


def test_an_outcome_that_cannot_be_edited_in_is_sent_anew(fake: FakeTelegram) -> None:
    fake.faults.append(("editMessageText", Refused(400, "Bad Request: message to edit not found")))
    reembed(fake, lambda progress: report())
    assert fake.texts() == [
        "Re-embedding has started. I go on answering meanwhile.",
        "Done in 1 s: 24 documents, 100 passages, of which 3 are new or changed.",
    ]


@pytest.mark.filterwarnings("ignore:.*retry_after")
def test_an_outcome_waits_as_long_as_telegram_asks(fake: FakeTelegram) -> None:
    faults: list[Any] = [("editMessageText", Refused(429, "Too Many Requests", retry_after=1))]
    fake.faults += faults
    began = time.monotonic()
    reembed(fake, lambda progress: report())
    [sent] = fake.sent
    assert sent.text.startswith("Done")
    assert sent.edits[0][0] - began >= 1
