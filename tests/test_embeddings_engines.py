"""The contract of all engines."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from village import opened, quiet, write

from bot.answer.answerer import Answerer
from bot.evaluation.outcomes import evaluate
from bot.evaluation.questions import load_golden
from corpus.errors import Cancelled, UserError
from embeddings.build import build_index
from embeddings.copying import copy_index
from embeddings.engines.storage import ReembedRunning, Store
from embeddings.models.static import StaticEmbedder
from embeddings.reembed import changes
from embeddings.search.rollback import roll_back
from embeddings.types import Query, Scope

GOLDEN = Path(__file__).parent / "golden" / "samples.jsonl"
TEXTS = {
    "protokoll/bron": "Ada Ek leder arbetet med bron. Arbetet med bron dröjer.",
    "protokoll/taket": "Taket lagades i april. Taket kostade 40 000 kronor.",
    "nytt/badhuset": "Badhuset invigdes den 3 maj 2024. Badhuset kostade mest av allt.",
    "nytt/library": "The library opens on 3 May with a party for everyone in the town.",
    "skolan": "Bo Lind är rektor för skolan. Skolan ligger i Ekby.",
}


@pytest.fixture
def stack():
    """Close what a test opens."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture(params=["files", "postgres", "milvus"])
def engine(request: pytest.FixtureRequest, stack: ExitStack) -> Callable[[Path], Store]:
    """Return a function that opens a store in a folder, over an empty engine."""
    if request.param == "files":
        return Store
    if request.param == "milvus":
        address = stack.enter_context(request.getfixturevalue("milvus").new_database())
        from embeddings.engines.milvus.milvus_store import MilvusStore

        return lambda folder: MilvusStore(folder, address)
    server = request.getfixturevalue("postgres")
    database = stack.enter_context(server.new_database())
    from embeddings.engines.postgres.store import PostgresStore

    return lambda folder: PostgresStore(folder, server.url(database))


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    for name, text in TEXTS.items():
        write(folder, name, text)
    return folder


@pytest.fixture
def store(tmp_path: Path, engine: Callable[[Path], Store]) -> Store:
    return engine(tmp_path / "store")


def ask(store: Store, model: StaticEmbedder, question: str, **scope: str) -> list[str]:
    with opened(store, model) as index:
        hits = index.search(Query(question, "sv", scope=Scope(**scope)), 5)
        for hit in hits:
            assert index.document(hit.source.path).text[slice(*hit.quote)]
        return [hit.source.path for hit in hits]


@pytest.fixture(scope="module")
def expected_answers(sample_services, model):
    """Return the answers to the golden questions with the files engine."""
    return answers_from(sample_services.store, model)


def answers_from(store: Store, model: StaticEmbedder) -> list:
    with closing(Answerer(store, model)) as answerer:
        return [outcome.answer for outcome in evaluate(load_golden(GOLDEN), answerer)]


@pytest.mark.parametrize("engine", ["postgres", "milvus"], indirect=True)
def test_the_golden_questions_get_the_same_answers(
    tmp_path, engine, model, sample_services, expected_answers
):
    """The same quotes as with files, with the same confidence."""
    folder = tmp_path / "store"
    shutil.copytree(sample_services.store.folder / "generations", folder / "generations")
    store = engine(folder)
    store.make_current(sample_services.store.current_name())
    for expected, found in zip(expected_answers, answers_from(store, model), strict=True):
        assert found.citations == expected.citations
        assert found.found == expected.found
        assert found.confidence == pytest.approx(expected.confidence, abs=0.01)


def test_what_is_built_is_found_and_read(documents, store, model):
    """A document is found by words and by meaning, in either language, and read in full."""
    report = build_index(documents, store, model, progress=quiet)
    assert (report.documents, store.current_name()) == (5, report.generation)
    assert ask(store, model, "Vem leder arbetet med bron?")[0] == "protokoll/bron.md"
    assert ask(store, model, "När öppnar biblioteket?")[0] == "nytt/library.md"
    with opened(store, model) as index:
        read = index.document("skolan.md")
        assert (read.title, read.language) == ("Skolan", "sv")
        assert index.catalog.text_of("skolan.md") == read.text
        with pytest.raises(LookupError):
            index.document("ingen.md")
        with pytest.raises(LookupError):
            index.catalog.text_of("ingen.md")
        assert index.catalog.numbers_of("ingen.md") == []
    store.open_current(lambda generation: generation.verify())


def test_a_scope_is_kept_to(documents, store, model):
    """Limited to one document, an engine proposes passages of no other."""
    build_index(documents, store, model, progress=quiet)
    asked = "Vem leder arbetet med bron?"
    assert set(ask(store, model, asked, document="skolan.md")) == {"skolan.md"}
    assert ask(store, model, asked, document="ingen.md") == []


@pytest.mark.parametrize("adds", [False, True])
def test_a_changed_folder_changes_what_is_found(documents, store, model, adds, monkeypatch):
    """After additions, changes and deletions, rewritten or added to a base."""
    if adds:
        monkeypatch.setattr(changes, "_LEAST_BASE", 1)
        monkeypatch.setattr(changes, "_ADDED_SHARE", 10.0)
    build_index(documents, store, model, progress=quiet)
    for turn, cost in enumerate(("50 000", "60 000")):
        write(documents, "protokoll/taket", f"Taket lagades i maj. Taket kostade {cost} kronor.")
        write(documents, f"nytt/slottet{turn}", f"Slottet {turn} såldes till Eva Rask i juni.")
        (documents / "skolan.md").unlink(missing_ok=True)
        report = build_index(documents, store, model, progress=quiet)
        assert report.documents == 5 + turn
        assert f"nytt/slottet{turn}.md" in ask(store, model, "Vem köpte slottet?")
        assert "skolan.md" not in ask(store, model, "Vem är rektor för skolan i Ekby?")
        with opened(store, model) as index:
            assert cost in index.document("protokoll/taket.md").text
            with pytest.raises(LookupError):
                index.document("skolan.md")
            (hit,) = index.search(Query("Vad kostade taket?", "sv"), 1)
            assert cost in hit.passage.text
        store.open_current(lambda generation: generation.verify())
    assert build_index(documents, store, model, progress=quiet).unchanged


def test_a_switch_leaves_who_asks_with_one_generation(documents, store, model):
    """An open index keeps its generation, the next one has the new, and rollback is possible."""
    first = build_index(documents, store, model, progress=quiet).generation
    with opened(store, model) as before:
        write(documents, "protokoll/taket", "Taket kostade 50 000 kronor.")
        second = build_index(documents, store, model, progress=quiet).generation
        assert "40 000" in before.document("protokoll/taket.md").text
        assert before.search(Query("Vad kostade taket?", "sv"), 1)
    assert (store.current_name(), store.earlier_name()) == (second, first)
    roll_back(store, model)
    assert (store.current_name(), store.kept()) == (first, [first, second])
    with opened(store, model) as index:
        assert "40 000" in index.document("protokoll/taket.md").text


def test_generations_beyond_those_to_keep_go(documents, store, model):
    """The previous generation is kept, older ones are not."""
    made = []
    for number in range(3):
        write(documents, "skolan", f"Skolan har {number} elever.")
        made.append(build_index(documents, store, model, progress=quiet, keep=1).generation)
    assert store.kept() == made[1:]


def test_what_is_not_approved_never_answers(documents, store, model):
    """A rejected or cancelled re-embed changes nothing."""
    first = build_index(documents, store, model, progress=quiet).generation
    write(documents, "skolan", "Skolan brann.")

    def refuse(_name: str) -> None:
        raise UserError("Nej.")

    def stop(stage: str, _done: int, _total: int) -> None:
        if stage == "index":
            raise Cancelled

    with pytest.raises(UserError, match="Nej"):
        build_index(documents, store, model, progress=quiet, approve=refuse)
    with pytest.raises(Cancelled):
        build_index(documents, store, model, progress=stop)
    assert (store.current_name(), store.kept()) == (first, [first])


def test_one_re_embed_at_a_time(documents, store, engine, model, tmp_path):
    """Another one, in the same folder or on the same server, gets a message."""
    with store.locked(), pytest.raises(ReembedRunning):
        build_index(documents, engine(store.folder), model, progress=quiet)


def test_where_nothing_was_built_it_is_said(store, model):
    """Nothing to query, and nothing to roll back to."""
    assert (store.current_name(), store.earlier_name(), store.kept()) == (None, None, [])
    with pytest.raises(UserError, match="no index yet"):
        ask(store, model, "Vem?")
    with pytest.raises(UserError, match="There is no earlier index"):
        roll_back(store, model)


def test_another_models_index_is_refused(documents, store, model, monkeypatch):
    """Vectors of different models are never compared."""
    build_index(documents, store, model, progress=quiet)
    monkeypatch.setattr(
        "embeddings.search.passage_index.fingerprint_of", lambda _embedder: "another"
    )
    with pytest.raises(UserError, match="another version"):
        ask(store, model, "Vem?")


def test_an_index_is_copied_there_and_back(documents, store, model, tmp_path):
    """The copy gives the same results, and nothing is embedded again."""
    first, last = Store(tmp_path / "first"), Store(tmp_path / "last")
    build_index(documents, first, model, progress=quiet)
    copy_index(first, store, model, quiet)
    if type(store) is not Store:  # Then only the database is left to copy from.
        shutil.rmtree(store.folder / "generations")
    copied = copy_index(store, last, model, quiet)
    assert (copied.documents, len(last.kept())) == (5, 1)
    for question in ("Vem leder arbetet med bron?", "När öppnar biblioteket?"):
        with opened(first, model) as one, opened(last, model) as other:
            query = Query(question, "sv")
            assert other.search(query, 5) == one.search(query, 5)
    last.open_current(lambda generation: generation.verify())
    assert build_index(documents, last, model, progress=quiet).embedded == 0
