"""A new index goes into use only if the golden questions do no worse with it."""

import json

import pytest

from bot.evaluation.gate import GoldenGate, rebuild_index
from bot.service.engine import Engine
from bot.settings import Settings
from corpus.errors import UserError
from embeddings.engines.storage import Store
from embeddings.models.static import StaticEmbedder

BIKE = "# Cykeln\n\nI juni sålde vi den röda cykeln till Anna för 500 kronor, då den var gammal.\n"
ROWS = (
    {"question": "Vad köpte vi i mars?", "docs": ["båten.md"]},
    *(
        {"question": question, "docs": ["cykeln.md"]}
        for question in (
            "Vilken cykel sålde vi?",
            "Till vem sålde vi cykeln?",
            "När sålde vi den röda cykeln?",
            "Vad kostade den röda cykeln?",
            "Varför sålde vi cykeln?",
        )
    ),
)


class Renamed(StaticEmbedder):
    """The bundled model with another fingerprint."""

    @property
    def fingerprint(self):
        """Return a fingerprint that no other model has."""
        return "another"


@pytest.fixture
def settings(tmp_path):
    """Return settings with two documents and a golden question on each."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "båten.md").write_text("# Båten\n\nVi köpte en båt i mars.\n", encoding="utf-8")
    (documents / "cykeln.md").write_text(BIKE, encoding="utf-8")
    golden = tmp_path / "golden.jsonl"
    golden.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    return Settings(documents_dir=documents, store_dir=tmp_path / "store", golden_questions=golden)


def rebuild(settings, model, **options):
    return rebuild_index(Engine(settings, model), lambda *_: None, **options)


def current(settings):
    return Store(settings.store_dir).current_name()


def generations(settings):
    return sorted(path.name for path in (settings.store_dir / "generations").iterdir())


def test_a_first_index_has_nothing_to_be_held_against(settings, model):
    """It is approved, and the results of the golden questions are kept."""
    report, told = rebuild(settings, model)
    assert current(settings) == report.generation
    assert told.startswith('On the golden questions "document in five" is 100.0%, "quotes valid"')
    assert "nothing to compare with" in told
    assert "Evaluation of golden.jsonl" in (settings.store_dir / "golden-report.html").read_text()


def test_an_index_that_fares_worse_does_not_answer(settings, model):
    """The message says what got worse; the old index stays, and the new one is deleted."""
    first = rebuild(settings, model)[0].generation
    (settings.documents_dir / "cykeln.md").unlink()
    with pytest.raises(UserError) as refused:
        rebuild(settings, model)
    assert str(refused.value) == (
        "The old index stays in use: on the golden questions 5 no longer have an answer that "
        f"is right, and 0 newly do. See {settings.store_dir / 'golden-report.html'}; to use "
        "the new one anyway run: citera reembed --force"
    )
    assert (current(settings), generations(settings)) == (first, [first])
    page = (settings.store_dir / "golden-report.html").read_text(encoding="utf-8")
    assert "Questions that fare worse (5)" in page
    report, told = rebuild(settings, model, force=True)
    assert current(settings) == report.generation != first
    assert "5 no longer have an answer that is right" in told


def test_a_loss_that_chance_explains_holds_nothing_up(settings, model):
    """One lost question of six is in the report, and the new index is approved."""
    rebuild(settings, model)
    (settings.documents_dir / "båten.md").unlink()
    report, told = rebuild(settings, model)
    assert current(settings) == report.generation
    assert "no longer" not in told
    page = (settings.store_dir / "golden-report.html").read_text(encoding="utf-8")
    assert "Questions that fare worse (1)" in page


def test_an_index_that_fares_as_well_answers(settings, model):
    """Documents may be added as long as the old ones are found."""
    rebuild(settings, model)
    (settings.documents_dir / "huset.md").write_text("# Huset\n\nVi målade huset i maj.\n")
    report, told = rebuild(settings, model)
    assert current(settings) == report.generation
    assert "compare" not in told


def test_nothing_is_asked_where_nothing_has_changed(settings, model):
    """The current index stays, without a report."""
    rebuild(settings, model)
    (settings.store_dir / "golden-report.html").unlink()
    report, told = rebuild(settings, model)
    assert (report.unchanged, told) == (True, "")
    assert not (settings.store_dir / "golden-report.html").exists()


def test_a_change_of_model_is_held_against_what_was_kept(settings, model):
    """The old index can't be queried with another model, so its saved results are used."""
    rebuild(settings, model)
    (settings.documents_dir / "cykeln.md").unlink()
    with pytest.raises(UserError, match="5 no longer have an answer that is right"):
        rebuild(settings, Renamed())
    settings.golden_questions.write_text(json.dumps(ROWS[0]), encoding="utf-8")
    assert "nothing to compare with" in rebuild(settings, Renamed())[1]


def test_wrong_questions_are_told_before_any_work(settings, model):
    """An invalid question file ends a re-embed at once."""
    settings.golden_questions.write_text("{}", encoding="utf-8")
    with pytest.raises(UserError, match="Line 1 of "):
        rebuild(settings, model)
    assert not settings.store_dir.exists()


def test_a_report_that_cannot_be_written_keeps_the_index_before(settings, model):
    """The message names the file, and nothing partial is left."""
    first = rebuild(settings, model)[0].generation
    report = settings.store_dir / "golden-report.html"
    report.unlink()
    report.mkdir()
    (settings.documents_dir / "huset.md").write_text("# Huset\n\nVi målade huset i maj.\n")
    with pytest.raises(UserError, match=r"golden-report\.html cannot be written"):
        rebuild(settings, model)
    assert (current(settings), generations(settings)) == (first, [first])


def test_without_golden_questions_nothing_is_asked(settings, model):
    """Every new index is approved."""
    free = Settings(documents_dir=settings.documents_dir, store_dir=settings.store_dir)
    report, told = rebuild(free, model)
    assert (current(free), told) == (report.generation, "")


def test_progress_is_told_of_each_question(settings, model):
    """Both indexes are asked, and each question is counted."""
    rebuild(settings, model)
    told = []
    engine = Engine(settings, model)
    gate = GoldenGate(settings.golden_questions, engine, lambda *stage: told.append(stage))
    gate(current(settings))
    assert told == [("ask", done, 6) for done in range(1, 7)] * 2
