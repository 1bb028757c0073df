"""Documents of a village, and what every engine's tests ask of an index of them."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import UserError
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.models.static import StaticEmbedder
from embeddings.search.passage_index import PassageIndex
from embeddings.types import Query

BRIDGE = "Vem leder arbetet med bron?"
MARKS = ("Ada Ek", "Eva Rask")


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Ignore progress."""


def write(folder: Path, name: str, text: str) -> None:
    """Write a document with its name as the title."""
    path = folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# {path.stem.capitalize()}\n\n{text}\n", encoding="utf-8")


def write_village(folder: Path) -> Path:
    """Write three documents, two of them in collections, and return the folder."""
    write(folder, "protokoll/bron", "Ada Ek leder arbetet med bron.")
    write(folder, "nytt/badhuset", "Badhuset invigdes den 3 maj 2024 av Bo Lind.")
    write(folder, "skolan", "Skolan ligger i Ekby. Arbetet med skolan dröjer.")
    return folder


def opened(store: Store, model: StaticEmbedder) -> "closing[PassageIndex]":
    """Return the current index, to be closed."""
    return closing(store.open_current(lambda generation: PassageIndex.open(generation, model)))


def ask(store: Store, model: StaticEmbedder, question: str = BRIDGE) -> list[str]:
    """Return the paths of the documents found, best first."""
    with opened(store, model) as index:
        return [hit.source.path for hit in index.search(Query(question, "sv"), 5)]


def check_that_nobody_sees_a_mix(
    documents: Path,
    store: Store,
    model: StaticEmbedder,
    another: Callable[[int], Store],
    *,
    askers: int,
    switches: int,
) -> None:
    """Assert that clients find one generation each, without errors, while the index is switched.

    `another` returns the store of the client with a number. Each has time to ask between switches.
    """
    names = []
    for mark in MARKS:
        write(documents, "protokoll/bron", f"{mark} leder arbetet med bron.")
        write(documents, "nytt/bron", f"Enligt {mark} dröjer arbetet med bron.")
        names.append(build_index(documents, store, model, progress=quiet).generation)
    over, troubles, answered = threading.Event(), [], []

    def keep_asking(number: int) -> None:
        own = another(number)
        try:
            while not over.is_set():
                answered.append(_marks_found(own, model))
        except BaseException as error:  # noqa: BLE001  # Whatever it is, the test is to tell.
            troubles.append(error)

    with ThreadPoolExecutor(askers) as clients:
        clients.map(keep_asking, range(askers))
        for turn in range(switches):
            store.make_current(names[turn % 2])
            wanted = len(answered) + askers
            while len(answered) < wanted and not troubles:
                time.sleep(0.01)
        over.set()
    assert troubles == []
    assert set(answered) == {(mark,) for mark in MARKS}


def _marks_found(store: Store, model: StaticEmbedder) -> tuple[str, ...]:
    """Return the names found in an opened, queried and read index."""
    with opened(store, model) as index:
        hits = index.search(Query(BRIDGE, "sv"), 5)
        texts = " ".join(index.document(hit.source.path).text for hit in hits)
    return tuple(mark for mark in MARKS if mark in texts)


def trouble(make: Callable[[Path, str], Store], folder: Path, address: str) -> str:
    """Return the message of a store that cannot be asked: one line, without the password."""
    with pytest.raises(UserError) as told:
        make(folder, address).current_name()
    message = str(told.value)
    assert "\n" not in message
    assert "geheim" not in message
    return message
