"""What answers: the index, the models and what is made of them, opened by the settings."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from bot.answer.answerer import Answerer
from bot.settings import Settings
from embeddings.build import build_index
from embeddings.engines.opening import open_store
from embeddings.engines.storage import Store
from embeddings.index.manifest import Manifest
from embeddings.models.loading import embedding_on, load_embedder, load_reader
from embeddings.reembed.plan import Plan, plan_index
from embeddings.search.rollback import roll_back
from embeddings.types import BuildReport, Embedder, Progress, Reader


def open_engine(settings: Settings) -> "Engine":
    """Return what the settings name; UserError where a model can't be loaded."""
    return Engine(settings, load_embedder(settings.embedding_model))


class Engine:
    """Answers questions and brings the index up to date; any thread may use it.

    Methods raise UserError where there is no index yet, or none that can be searched.
    """

    def __init__(self, settings: Settings, embedder: Embedder) -> None:
        self.settings = settings
        self.embedder = embedder
        self.store = open_store(settings.store_dir, settings.store_url)

    @cached_property
    def answerer(self) -> Answerer:
        """Answers from the generation that is current when it is asked."""
        return self.answerer_over(self.store)

    def answerer_over(self, store: Store) -> Answerer:
        """Return what answers from another store with the same models."""
        return Answerer(
            store,
            self.embedder,
            confidence_needed=self.settings.confidence_needed,
            reader=self._reader,
        )

    @cached_property
    def _reader(self) -> Reader | None:
        return load_reader(self.settings.reader_model)

    def manifest(self) -> Manifest:
        """Return what the generation that answers says of itself."""
        return self.store.open_current(lambda generation: generation.manifest())

    @property
    def documents_dir(self) -> Path:
        """The folder of the documents that are answered from, which may not be the one set now."""
        manifest, folder = self.manifest(), self.settings.documents_dir
        return folder.resolve() if manifest.is_of(folder) else Path(manifest.documents_dir)

    def rebuild(
        self,
        progress: Progress,
        *,
        keep: int = 1,
        approve: Callable[[str], None] | None = None,
        anew: bool = False,
    ) -> BuildReport:
        """Bring the index up to date with the documents; see `build_index`."""
        settings = self.settings
        with embedding_on(settings.embed_on, self.embedder, settings.embedding_model) as many:
            return build_index(
                settings.documents_dir,
                self.store,
                self.embedder,
                progress=progress,
                keep=keep,
                approve=approve,
                read_pictures=settings.ocr,
                anew=anew,
                embed_by=many,
            )

    def plan(self, progress: Progress) -> Plan:
        """Return what bringing the index up to date would do; see `plan_index`."""
        return plan_index(self.settings.documents_dir, self.store, self.embedder, progress=progress)

    def roll_back(self) -> Manifest:
        """Let the generation before answer again; return what it says of itself."""
        return roll_back(self.store, self.embedder)
