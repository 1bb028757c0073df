"""Questions and re-embeds at the same time: every answer is from one index."""

import threading
from contextlib import closing
from pathlib import Path

from bot.service.conversations import Conversations
from bot.service.desk import Desk, exchange_of
from bot.service.engine import open_engine
from bot.service.exchanges import Place, Question
from bot.service.journal import Journal
from bot.settings import Settings

PRICES = [f"{number}00 kronor" for number in range(11, 15)]


def write(documents: Path, price: str) -> None:
    """Have the documents say what the boat cost."""
    (documents / "mars.md").write_text(f"# Båten\n\nDen nya båten kostade {price}.\n")
    for number in range(30):
        text = (
            f"# Möte {number} {price}\n\nOrdförande {number} talade om {price} och sak{number}.\n"
        )
        (documents / f"{number}.md").write_text(text, encoding="utf-8")


def test_every_answer_during_re_embeds_is_of_one_index(tmp_path):
    """Four clients, three re-embeds without rollback: each quote is from an existing version."""
    documents = tmp_path / "documents"
    documents.mkdir()
    write(documents, PRICES[0])
    settings = Settings(
        documents_dir=documents, store_dir=tmp_path / "store", questions_per_minute=0
    )
    engine = open_engine(settings)
    engine.rebuild(lambda *_: None)
    over, quotes, failures = threading.Event(), [], []

    def ask(asker: str) -> None:
        place = Place("stress", "", asker)
        while not over.is_set():
            try:
                question = Question("Vad kostade den nya båten?", place)
                exchange = exchange_of(question, desk.submit(question).result(60))
                conversations.save(exchange)
                quotes.append(exchange.answer.citations[0].quote)
            except Exception as error:  # noqa: BLE001  # whatever it is, nobody may see it
                failures.append(error)

    with closing(Journal.open(tmp_path / "journal.sqlite")) as journal:
        desk = Desk(engine.answerer.answer, journal, settings)
        conversations = Conversations.in_memory()
        askers = [threading.Thread(target=ask, args=(name,)) for name in "abcd"]
        for asker in askers:
            asker.start()
        for price in PRICES[1:]:
            write(documents, price)
            assert engine.rebuild(lambda *_: None, keep=0).documents == 31
        over.set()
        for asker in askers:
            asker.join()
        assert failures == []
        assert set(quotes) <= {f"Den nya båten kostade {price}." for price in PRICES}
        assert len(journal.recent(10_000)) == len(quotes) >= 4
    assert (
        engine.answerer.answer("Vad kostade den nya båten?")
        .citations[0]
        .quote.endswith(f"{PRICES[-1]}.")
    )
    assert len(list((settings.store_dir / "generations").iterdir())) == 1
