"""The index and models named in the settings."""

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
    """Return the engine for the settings; UserError if a model can't be loaded."""
    return Engine(settings, load_embedder(settings.embedding_model))


class Engine:
    """Answers questions and updates the index; thread-safe.

    Methods raise UserError if there is no usable index.
    """

    def __init__(self, settings: Settings, embedder: Embedder) -> None:
        self.settings = settings
        self.embedder = embedder
        self.store = open_store(settings.store_dir, settings.store_url)

    @cached_property
    def answerer(self) -> Answerer:
        """Answers from the current generation."""
        return self.answerer_over(self.store)

    def answerer_over(self, store: Store) -> Answerer:
        """Return an answerer over another store with the same models."""
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
        """Return the manifest of the current generation."""
        return self.store.open_current(lambda generation: generation.manifest())

    @property
    def documents_dir(self) -> Path:
        """The documents folder of the index, which may differ from the one in the settings."""
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
        """Update the index from the documents; see `build_index`."""
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
        """Return what an update of the index would do; see `plan_index`."""
        return plan_index(self.settings.documents_dir, self.store, self.embedder, progress=progress)

    def roll_back(self) -> Manifest:
        """Make the previous generation current; return its manifest."""
        return roll_back(self.store, self.embedder)
