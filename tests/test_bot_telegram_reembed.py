"""Re-embeds from Telegram: one at a time, in one message, without delaying answers."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bot_api import TOKEN, FakeTelegram, Refused, Sent
from bot_inside import remembering, take

from bot.service.services import Rebuild, Services
from bot.settings import Settings
from bot.types import Answer, Reading
from corpus.errors import UserError
from corpus.types import Skipped
from embeddings.engines.storage import ReembedRunning, Store
from embeddings.index.manifest import Manifest
from embeddings.types import BuildReport, Progress

ADMIN, MEMBER = 7, 42
Run = Callable[..., None]
MANIFEST = Manifest(
    1, "2026-01-31T12:00:00+00:00", "print", "bundled", "/srv", 24, 100, {}, [], [], {}
)
SKIPPED = tuple(Skipped(f"file{number}.md", "It is empty.") for number in range(14))


def report(
    generation: str = "g", skipped: tuple[Skipped, ...] = (), *, unchanged: bool = False
) -> BuildReport:
    return BuildReport(generation, 24, 100, 3, 97, skipped, (), 1.2, unchanged=unchanged)


def answer(question: str, **_: object) -> Answer:
    return Answer(question, Reading("en", None, ()), "Meanwhile answered.", (), (), 0.0, 0.0)


def status() -> Manifest:
    raise UserError("There is no index yet.")


def no_excerpt(document: str, start: int, end: int) -> None:
    raise AssertionError


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store with a current and an earlier index."""
    store = Store(tmp_path / "store")
    with store.locked():
        for _ in range(2):
            store.make_current(store.finish(store.begin()).name)
    return store


@pytest.fixture
def run(fake: FakeTelegram, store: Store, tmp_path: Path) -> Iterator[Run]:
    """Return a function that has the bot handle updates with scripted re-embeds and rollbacks."""
    settings = Settings(
        telegram_bot_token=TOKEN,
        admin_user_ids=frozenset({ADMIN}),
        allowed_chat_ids=frozenset({MEMBER}),
        telegram_api_url=fake.url,
    )
    with remembering(tmp_path) as memory:

        def run(rebuild: Rebuild, *updates: dict[str, Any], roll_back: Any = status) -> None:
            services = Services(answer, rebuild, status, roll_back, store, no_excerpt, **memory)
            take(settings, services, *updates or [fake.update("/reembed", user=ADMIN)])

        yield run


def edits(fake: FakeTelegram) -> list[str]:
    return [params["text"] for method, params in fake.calls if method == "editMessageText"]


def test_progress_is_told_in_one_message_edited_when_it_has_moved(
    fake: FakeTelegram, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram_bot.admin.reembed_job._PAUSE", 0.001)

    def rebuild(progress: Progress) -> BuildReport:
        for done in range(1, 51):
            progress("embed", done, 100)
        fake.wait_for(lambda: edits(fake))
        return report()

    run(rebuild)
    [sent] = fake.sent
    assert sent.text == "Done in 1 s: 24 documents, 100 passages, of which 3 are new or changed."
    *on_the_way, _ = edits(fake)
    assert len(set(on_the_way)) == len(on_the_way)
    bar, squares, pace = on_the_way[-1].splitlines()
    assert (bar, squares) == ("Embedding passages 50/100", "▓▓▓▓▓░░░░░")
    assert re.fullmatch(r"\d+ a second, \d+ s left", pace)


def endless(progress: Progress) -> BuildReport:
    while True:
        progress("read", 1, 2)


def shown(fake: FakeTelegram, words: str) -> Sent:
    """Return the message with some words, as soon as there is one."""
    found: Sent = fake.wait_for(
        lambda: next((sent for sent in fake.sent if words in sent.text), None)
    )
    return found


def test_a_re_embed_is_called_off_by_its_button(fake: FakeTelegram, run: Run) -> None:
    start = fake.update("/reembed", user=ADMIN)
    run(endless, start, lambda: fake.pressed(shown(fake, "started"), "Cancel", user=ADMIN))
    [sent] = fake.sent
    assert sent.text == "The re-embed was cancelled. The index is as it was."
    assert sent.buttons == []


def test_only_an_admin_calls_a_re_embed_off(fake: FakeTelegram, run: Run) -> None:
    def rebuild(progress: Progress) -> BuildReport:
        fake.wait_for(lambda: fake.called("answerCallbackQuery"))
        progress("read", 1, 2)
        return report()

    start = fake.update("/reembed", user=ADMIN)
    run(rebuild, start, lambda: fake.pressed(shown(fake, "started"), "Cancel", user=MEMBER))
    assert fake.texts()[0].startswith("Done")
    [told] = fake.called("answerCallbackQuery")
    assert told["text"] == "Only administrators can use that command."


def test_a_press_on_cancel_that_comes_too_late_is_told_so(fake: FakeTelegram, run: Run) -> None:
    run(lambda progress: report())
    run(endless, fake.pressed(fake.sent[0], data="reembed-cancel", user=ADMIN))
    [told] = fake.called("answerCallbackQuery")
    assert told["text"] == "That has finished."


def test_a_second_re_embed_is_refused_while_one_runs_and_questions_are_answered(
    fake: FakeTelegram, run: Run
) -> None:
    runs = []

    def rebuild(progress: Progress) -> BuildReport:
        runs.append(progress)
        fake.wait_for(lambda: "A re-embed is already running." in fake.texts())
        fake.wait_for(lambda: "Meanwhile answered." in fake.texts())
        return report(unchanged=True)

    texts = ("/reembed", "/reembed", "Is anybody there?")
    run(rebuild, *(fake.update(text, user=ADMIN) for text in texts))
    assert len(runs) == 1
    assert "Nothing has changed: 24 documents, 100 passages." in fake.texts()


def test_a_re_embed_of_another_process_is_told_and_another_may_follow(
    fake: FakeTelegram, run: Run
) -> None:
    def rebuild(progress: Progress) -> BuildReport:
        raise ReembedRunning

    run(rebuild)
    run(lambda progress: report())
    assert fake.texts()[0] == "A re-embed is already running."
    assert fake.texts()[1].startswith("Done")


def test_what_the_documents_folder_lacks_is_told_in_a_sentence(
    fake: FakeTelegram, run: Run
) -> None:
    def rebuild(progress: Progress) -> BuildReport:
        raise UserError("There are no documents in /srv. Put .txt files there.")

    run(rebuild)
    assert fake.texts() == ["There are no documents in /srv. Put .txt files there."]


def test_an_error_of_ours_is_told_without_its_details_and_logged(
    fake: FakeTelegram, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    def rebuild(progress: Progress) -> BuildReport:
        raise ZeroDivisionError("secret detail")

    run(rebuild)
    failed, apology = fake.texts()
    assert failed.startswith("The re-embed failed.")
    assert apology.rstrip(".").split()[-1] in caplog.text
    assert "secret detail" in caplog.text
    assert "secret" not in failed + apology


def test_the_index_before_answers_again_after_a_press(
    fake: FakeTelegram, run: Run, store: Store
) -> None:
    def roll_back() -> Manifest:
        store.make_current(store.earlier_name() or "")
        return MANIFEST

    run(lambda progress: report(store.current_name() or ""))
    way_back = shown(fake, "Done")
    assert way_back.buttons == ["Go back to the previous index"]
    press = fake.pressed(way_back, "Go back", user=ADMIN)
    run(endless, press, roll_back=roll_back)
    assert way_back.buttons == []
    assert fake.texts()[1].startswith(
        f"Back to the index of {MANIFEST.made_at}, with 24 documents."
    )


@pytest.mark.parametrize("who", [ADMIN, MEMBER])
def test_the_way_back_is_closed_to_others_and_from_an_index_that_is_past(
    who: int, fake: FakeTelegram, run: Run, store: Store
) -> None:
    answering = store.current_name() or ""
    run(lambda progress: report(answering if who == MEMBER else "20200101T000000-0000"))
    run(endless, fake.pressed(shown(fake, "Done"), "Go back", user=who))
    assert store.current_name() == answering
    [told] = fake.called("answerCallbackQuery")
    refusal = "Only administrators can use that command." if who == MEMBER else "That has finished."
    assert told["text"] == refusal


def test_files_that_could_not_be_read_are_named_and_the_rest_counted(
    fake: FakeTelegram, run: Run
) -> None:
    run(lambda progress: report(skipped=SKIPPED))
    [text] = fake.texts()
    assert "Could not be read: 14\n• file0.md: It is empty." in text
    assert text.endswith("• file9.md: It is empty.\n… and 4 more")


def test_a_report_longer_than_a_message_is_told_whole(fake: FakeTelegram, run: Run) -> None:
    skipped = tuple(Skipped(f"{number}.md", "why <&> " * 100) for number in range(10))
    run(lambda progress: report(skipped=skipped))
    assert len(fake.sent) > 1
    assert "".join(fake.texts()).count("why <&>") == 1000
    assert [bool(sent.buttons) for sent in fake.sent] == [False] * (len(fake.sent) - 1) + [True]


def test_an_outcome_that_cannot_be_edited_in_is_sent_anew(fake: FakeTelegram, run: Run) -> None:
    fake.faults.append(("editMessageText", Refused(400, "Bad Request: message to edit not found")))
    run(lambda progress: report())
    assert fake.texts() == [
        "The re-embed has started. I keep answering meanwhile.",
        "Done in 1 s: 24 documents, 100 passages, of which 3 are new or changed.",
    ]
