"""`citera check`: shows on one screen what is set, found and missing."""

import difflib
import importlib.util
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.cli.status import passed_over_kinds
from bot.cli.terminal import counted, say
from bot.settings import ENV_FILE, Settings, WrongSettings, misspelt, sources
from bot.texts.printable import on_one_line
from corpus.errors import UserError
from corpus.listing import find_files
from embeddings.engines.opening import open_store
from embeddings.models.loading import BUNDLED, OFF, check_name
from embeddings.models.reader import BUNDLED_READER

_OK: Final = "ok"
_NOTE: Final = "--"
_MISSING: Final = "!!"


@dataclass(frozen=True, slots=True)
class _Line:
    mark: str
    about: str
    told: str


def check(load: Callable[[], Settings]) -> int:
    """Print what is set, found and missing; return exit code 1 if something is missing."""
    wrong: tuple[str, ...] = ()
    try:
        settings = load()
    except WrongSettings as error:
        settings, wrong = error.right, error.sentences
    except UserError as error:
        settings, wrong = Settings(), (str(error),)
    lines = [*_settings(wrong), *_files(settings), *_models(settings), *_telegram(settings)]
    for one in lines:
        say(f"{one.mark}  {one.about:<10} {on_one_line(one.told)}")
    return int(any(one.mark == _MISSING for one in lines))


def _settings(wrong: tuple[str, ...]) -> Iterator[_Line]:
    yield _Line(_OK, "python", f"{platform.python_version()} on {platform.system()}")
    for sentence in wrong:
        yield _Line(_MISSING, "settings", sentence)
    if not ENV_FILE.exists():
        meant = difflib.get_close_matches(str(ENV_FILE), _named_alike(), 1, 0.5)
        about = f"should {meant[0]} be it?" if meant else "only the environment is read."
        yield _Line(_NOTE, "settings", f"There is no {ENV_FILE} in {Path.cwd()}: {about}")
    given = sources() if not wrong else {}
    if given:
        told = ", ".join(f"{name} ({source})" for name, source in given.items())
        yield _Line(_OK, "settings", told)
    for sentence in misspelt():
        yield _Line(_NOTE, "settings", sentence)


def _named_alike() -> list[str]:
    names = (path.name for path in Path().iterdir() if path.is_file())
    return [name for name in names if "env" in name.lower() and "example" not in name]


def _files(settings: Settings) -> Iterator[_Line]:
    try:
        listing = find_files(settings.documents_dir)
    except UserError as error:
        yield _Line(_MISSING, "documents", str(error))
    else:
        not_read = passed_over_kinds(listing.passed_over)
        others = f"; not read: {not_read}" if not_read else ""
        whose = ", the samples" if settings.answers_from_samples else ""
        told = f"{counted(len(listing.files), 'file')} in {settings.documents_dir}{whose}{others}"
        yield _Line(_OK if listing.files else _MISSING, "documents", told)
    yield from _store(settings)
    golden = settings.golden_questions
    if golden:
        found = golden.is_file()
        told = str(golden) if found else f"There is no file {golden} (GOLDEN_QUESTIONS)."
        yield _Line(_OK if found else _MISSING, "golden", told)


def _store(settings: Settings) -> Iterator[_Line]:
    try:
        store = open_store(settings.store_dir, settings.store_url)
        manifest = store.open_current(lambda generation: generation.manifest())
    except UserError as error:
        yield _Line(_MISSING, "index", str(error))
    else:
        told = (
            f"{counted(manifest.documents, 'document')}, made {manifest.made_at} in {store.place}"
        )
        yield _Line(_OK, "index", told)
        if not manifest.is_of(settings.documents_dir):
            told = f"It was built from {manifest.documents_dir}. To update it run: citera reembed"
            yield _Line(_NOTE, "index", told)
    folder = settings.store_dir
    if folder.exists() and not os.access(folder, os.W_OK):
        yield _Line(_NOTE, "index", f"{folder} is read-only: no re-embed, no Telegram.")


def _models(settings: Settings) -> Iterator[_Line]:
    yield _model("model", settings.embedding_model or BUNDLED, (BUNDLED,))
    reader = settings.reader_model or BUNDLED
    if reader == BUNDLED and not BUNDLED_READER.exists():
        yield _Line(_NOTE, "reader", "this version has no bundled reader")
    else:
        yield _model("reader", reader, (BUNDLED, OFF))


def _model(about: str, name: str, words: tuple[str, ...]) -> _Line:
    if name in words:
        return _Line(_OK, about, name)
    try:
        check_name(name, *words)
    except UserError as error:
        return _Line(_MISSING, about, str(error))
    if importlib.util.find_spec("sentence_transformers") is None:
        return _Line(_MISSING, about, f"{name} needs: pip install sentence-transformers")
    return _Line(_OK, about, f"{name} (run citera reembed to see it load)")


def _telegram(settings: Settings) -> Iterator[_Line]:
    if settings.telegram_bot_token is None:
        yield _Line(_NOTE, "telegram", "TELEGRAM_BOT_TOKEN is not set; only the bot needs it.")
        return
    admins, chats = len(settings.admin_user_ids), len(settings.allowed_chat_ids)
    told = f"a token is set; admins: {admins}, chats in ALLOWED_CHAT_IDS: {chats}"
    yield _Line(_OK if admins else _NOTE, "telegram", told)
    if settings.open_to_all:
        yield _Line(_NOTE, "telegram", "ACCESS=open: the bot answers everybody who finds it.")
