"""`citera watch` and `citera reembed --dry-run`."""

from collections.abc import Iterator

import pytest
from command_line import run_citera

from bot.service.watching import keep_up
from corpus.errors import UserError


class Ended(Exception):
    """Ends a watch."""


def ending(pauses: int):
    """Return a sleep function that ends the watch after some pauses."""
    left = iter(range(pauses))

    def sleep(_seconds: float) -> None:
        if next(left, None) is None:
            raise Ended

    return sleep


def watched(looks: list[dict], rebuild) -> list[str]:
    """Watch a folder with the given looks; return the messages."""
    notes: list[str] = []
    seen: Iterator[dict] = iter(looks)
    with pytest.raises(Ended):
        keep_up(lambda: next(seen), rebuild, notes.append, ending(len(looks) - 1))
    return notes


def test_a_watch_waits_until_a_folder_has_come_to_rest():
    """It re-embeds at once, and again when two consecutive looks show the same new state."""
    empty, half, whole = {}, {"a": (1, 1)}, {"a": (2, 2)}
    rebuilt = []
    looks = [empty, empty, half, whole, whole, whole]
    watched(looks, lambda: rebuilt.append("now"))
    assert len(rebuilt) == 2


def test_a_watch_outlives_what_cannot_be_done():
    """A failed re-embed is reported once and retried at the next look."""
    tries = []

    def refuse_twice() -> None:
        tries.append(len(tries))
        if len(tries) < 3:
            raise UserError("Another re-embed is running.")

    assert watched([{}, {}, {}, {}], refuse_twice) == ["Another re-embed is running."]
    assert tries == [0, 1, 2]


def test_a_dry_run_tells_and_does_nothing(tmp_path):
    """It counts new, changed and deleted documents; the index is unchanged."""
    documents = tmp_path / "documents"
    documents.mkdir()
    for name in ("a", "b", "c"):
        (documents / f"{name}.md").write_text(f"# Om {name}\n\nDet är om {name} här.\n")
    settings = {"DOCUMENTS_DIR": str(documents), "STORE_DIR": str(tmp_path / "store")}
    code, told, _ = run_citera(tmp_path, "reembed", "--dry-run", **settings)
    assert code == 0
    assert "3 new documents, 0 changed, 0 deleted, 0 unchanged." in told
    assert "rewrite the whole index" in told
    assert not (tmp_path / "store" / "CURRENT").exists()
    run_citera(tmp_path, "reembed", **settings)
    (documents / "a.md").write_text("# Om a\n\nDet är annorlunda här.\n")
    (documents / "b.md").unlink()
    told = run_citera(tmp_path, "reembed", "--dry-run", **settings)[1]
    assert "0 new documents, 1 changed, 1 deleted, 1 unchanged." in told
    run_citera(tmp_path, "reembed", **settings)
    told = run_citera(tmp_path, "reembed", "--dry-run", **settings)[1]
    assert "A re-embed would do nothing." in told
