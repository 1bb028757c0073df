"""The command line as users and scripts meet it: a process, its streams and its exit code."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.arguments import COMMANDS, build_parser
from bot.cli import INTERRUPTED, PIPE_CLOSED
from bot.settings import SAMPLES, VARIABLES

ROOT = Path(__file__).parents[1]
CITERA = (sys.executable, "-W", "error::ResourceWarning", "-m", "bot.cli")
QUESTION = "What did the conversion of the railway station into a library cost?"
UNANSWERED = "Vem uppfann dynamiten?"


def surroundings(**settings):
    kept = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **settings}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Make a store with the samples, by the command itself."""
    folder = tmp_path_factory.mktemp("cli") / "store"
    done = subprocess.run(
        [*CITERA, "reembed"],
        env=surroundings(STORE_DIR=str(folder)),
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout[:8]) == (0, "Done in "), done.stderr
    assert "sample documents; set DOCUMENTS_DIR" in done.stderr
    return folder


@pytest.fixture
def citera(tmp_path):
    """Return what runs a command in an empty folder and gives its code, output and messages."""

    def run(*arguments, stdin=None, **settings):
        done = subprocess.run(
            [*CITERA, *arguments],
            env=surroundings(**settings),
            cwd=tmp_path,
            input=stdin,
            capture_output=True,
            check=False,
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run


def sentence(messages):
    """Return the one line that a user error is."""
    assert messages.startswith("citera: ")
    assert messages.count("\n") == 1
    assert "Traceback" not in messages
    return messages.removeprefix("citera: ").rstrip()


def test_an_answer_in_text(citera, store):
    """Answered is 0; the quote and its document stand on standard output, the note does not."""
    code, output, messages = citera("ask", *QUESTION.split(), STORE_DIR=str(store))
    assert code == 0
    assert "“The conversion cost SEK 9.3 million.”" in output
    assert "pressmeddelanden/2025/05/new-library.md" in output
    assert "\x1b" not in output
    assert sentence(messages).startswith("Answering from the sample documents; set DOCUMENTS_DIR")


def test_an_answer_in_json(citera, store):
    """Every quote of the object stands in the document's passage at the offsets named."""
    code, output, _ = citera("ask", "--json", QUESTION, "--store", str(store))
    assert code == 0
    answer = json.loads(output)
    assert output.count("\n") == 1
    assert answer["question"] == QUESTION
    assert answer["language"] == "en"
    assert answer["found"] is True
    assert answer["nearest"] == []
    assert 1 <= len(answer["citations"]) <= 5
    assert "The conversion cost SEK 9.3 million." in [one["quote"] for one in answer["citations"]]
    for number, citation in enumerate(answer["citations"], 1):
        start, end = (citation[key] - citation["start"] for key in ("quote_start", "quote_end"))
        assert citation["passage"][start:end] == citation["quote"]
        assert (SAMPLES / citation["document"]).is_file()
        assert citation["number"] == number


def test_nothing_found(citera, store):
    """A question that no document speaks of is 3, and says so with the nearest passages."""
    code, output, _ = citera("ask", UNANSWERED, STORE_DIR=str(store))
    assert code == 3
    assert output.startswith("Jag hittade inget svar")
    assert "\n\nDet som ligger närmast frågan, utan att besvara den:\n\n[1] " in output


def test_many_questions(citera, store):
    """Each line gets its object in order, also a bad one, and the exit code tells of those."""
    hidden = UNANSWERED.replace(" ", " \x1b[0m\x9b").encode()
    lines = [QUESTION.encode(), b"", b"\xff\xfe", b"x" * 10_000, hidden, UNANSWERED.encode()]
    code, output, _ = citera("ask", "--json", "-", stdin=b"\n".join(lines), STORE_DIR=str(store))
    answers = [json.loads(line) for line in output.splitlines()]
    assert code == 1
    assert [answer.get("found") for answer in answers] == [True, None, None, None, False, False]
    assert [set(answer) for answer in answers[1:4]] == [{"question", "error"}] * 3
    assert answers[1]["question"] == ""
    assert "UTF-8" in answers[2]["error"]
    assert "10,000 characters" in answers[3]["error"]
    assert not {"\x1b", "\x9b"} & set(output)


def test_many_questions_tell_by_their_code(citera, store):
    """Without a bad line the code is 0 where any was answered, and 3 where none was."""
    ask = ("ask", "--json", "-", "--store", str(store))
    assert citera(*ask, stdin=f"{UNANSWERED}\n{QUESTION}\n".encode())[0] == 0
    assert citera(*ask, stdin=f"{UNANSWERED}\n".encode())[0] == 3


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", "Ask a question in words"),
        ("\x1b\x07 ?!", "Ask a question in words"),
        ("å" * 10_000, "The question is 10,000 characters long; 2,000 is the most"),
    ],
)
def test_what_is_no_question(citera, store, question, expected):
    """An empty, unprintable or endless question is 1 with a sentence, before anything is loaded."""
    code, output, messages = citera("ask", question, STORE_DIR=str(store))
    assert (code, output) == (1, "")
    assert sentence(messages).startswith(expected)


def test_no_index_yet(citera):
    """A first question without an index says which command makes one."""
    for command in (("ask", "Who came?"), ("chat",), ("status",)):
        code, output, messages = citera(*command)
        assert (code, output) == (1, "")
        assert sentence(messages) == "There is no index yet. Make one with: citera reembed"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"ADMIN_USER_IDS": "anna"}, "ADMIN_USER_IDS must be"),
        ({"TELEGRAM_BOT_TOKEN": "secret"}, "TELEGRAM_BOT_TOKEN does not look like"),
        ({"DOCUMENTS_DIR": __file__}, "DOCUMENTS_DIR must name a folder"),
    ],
)
def test_a_wrong_setting(citera, settings, expected):
    """A wrong variable is 1, told in one sentence that names it."""
    code, output, messages = citera("status", **settings)
    assert (code, output) == (1, "")
    assert sentence(messages).startswith(expected)
    assert "secret" not in messages


def test_a_wrong_variable_in_the_env_file(citera, tmp_path):
    """The .env of the folder where citera is started counts."""
    (tmp_path / ".env").write_text("ALLOWED_CHAT_IDS=@group\n")
    assert sentence(citera("ask", "Who?")[2]).startswith("ALLOWED_CHAT_IDS must be")


def test_no_documents(citera, tmp_path):
    """A folder that is not there, or holds nothing to read, is named; no index is left behind."""
    (tmp_path / "empty").mkdir()
    for folder, expected in (("nowhere", "nowhere"), ("empty", "There are no documents in empty")):
        code, output, messages = citera("reembed", "--documents", folder)
        assert (code, output) == (1, "")
        assert expected in sentence(messages)
    assert "There is no index yet" in citera("status")[2]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "the following arguments are required: COMMAND"),
        (("aks", "Who?"), "there is no command 'aks'. Did you mean: citera ask"),
        (("reembedd",), "Did you mean: citera reembed"),
        (("Who came?",), "there is no command 'Who came?'. To ask a question: citera ask"),
        (("ask",), "the following arguments are required: QUESTION"),
        (("reembed", "--keep", "-1"), "argument --keep"),
        (("reembed", "--keep", "many"), "'many' is not a whole number, 0 or more"),
        (("status", "--wrong"), "unrecognized arguments: --wrong"),
    ],
)
def test_wrong_usage(capsys, arguments, expected):
    """A command line that can't be read is 2, with what may have been meant."""
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(arguments)
    assert ended.value.code == 2
    assert expected in capsys.readouterr().err


def test_wrong_usage_of_the_process(citera):
    """The process ends with 2 as well."""
    assert citera("aks")[0] == 2


def test_folders_may_stand_before_or_after_the_command():
    """--store and --documents are taken on either side, the later one counting."""
    parse = build_parser().parse_args
    assert parse(["--store", "a", "ask", "x"]).store == Path("a")
    assert parse(["ask", "x", "--store", "b"]).store == Path("b")
    assert parse(["--store", "a", "ask", "x", "--store", "b"]).store == Path("b")
    assert not hasattr(parse(["ask", "x"]), "documents")


def test_help_is_quick_and_names_every_command(citera):
    """--help reads no settings and loads nothing heavy, so it answers at once."""
    started = time.monotonic()
    code, output, messages = citera("--help", ADMIN_USER_IDS="wrong")
    assert time.monotonic() - started < 2
    assert (code, messages) == (0, "")
    assert all(f"\n    {command} " in output for command in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--help"], {"numpy", "faiss", "rich", "torch", "telegram", "embeddings"}),
        (["ask", QUESTION], {"torch", "telegram", "sentence_transformers", "trafilatura", "rich"}),
        (["reembed"], {"torch", "telegram", "sentence_transformers"}),
    ],
)
def test_a_command_loads_only_what_it_needs(store, tmp_path, arguments, absent):
    """Neither torch nor Telegram is loaded by --help, a question or a re-embed."""
    program = (
        "import sys\n"
        "from bot.cli import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit:\n    pass\n"
        "print('loaded:', *{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=surroundings(STORE_DIR=str(store)),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.splitlines()[-1].split()[1:])
    assert "bot" in loaded
    assert not loaded & absent


def test_status(citera, store):
    """Status counts what there is, checks every file, and is 0 where all are whole."""
    code, output, messages = citera("status", "--json", "--store", str(store))
    assert (code, messages) == (0, "")
    status = json.loads(output)
    assert status["documents"] == len([path for path in SAMPLES.rglob("*.*") if path.is_file()])
    assert sum(status["languages"].values()) == status["passages"] > status["documents"]
    assert (status["model"], status["problem"]) == ("bundled", None)
    assert status["documents_dir"] == str(SAMPLES.resolve())
    code, output, _ = citera("status", "--store", str(store))
    assert code == 0
    assert f"{status['documents']} from {SAMPLES.resolve()}" in output
    assert "whole" in output
    assert f"{status['recurring'][0]['line']} (in " in output


def test_documents_come_and_change(citera, tmp_path):
    """A re-embed names what can't be read, notices changes, and keeps the index before."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "note.md").write_text("# Möte\n\nAnna Ek valdes till ordförande den 3 mars.\n")
    (documents / "empty.txt").write_text("")
    where = {"DOCUMENTS_DIR": str(documents)}
    code, output, messages = citera("reembed", **where)
    assert (code, messages) == (0, "")
    assert "1 documents, 1 passages" in output
    assert "\nFiles that could not be read (1):\n  empty.txt: " in output
    assert citera("reembed", **where)[1].startswith("Nothing has changed: 1 documents")
    (documents / "new.md").write_text("# Kassör\n\nBo Berg valdes till kassör den 4 april.\n")
    assert "2 documents, 2 passages, 1 of them embedded now" in citera("reembed", **where)[1]
    status = json.loads(citera("status", "--json", **where)[1])
    assert [one["path"] for one in status["skipped"]] == ["empty.txt"]
    assert len(status["other_generations"]) == 1
    code, output, messages = citera("ask", "Vem valdes till kassör?", **where)
    assert (code, messages) == (0, "")
    assert "”Bo Berg valdes till kassör den 4 april.”" in output
    moved = citera("ask", "Vem valdes till kassör?", DOCUMENTS_DIR=str(tmp_path / "other"))[2]
    assert sentence(moved).startswith(f"Answering from {documents}, not yet from {tmp_path}")
    _damage(tmp_path / "store")
    code, output, messages = citera("status", **where)
    assert code == 1
    assert "damaged" in output
    assert sentence(messages).endswith("has been altered. Run: citera reembed")


def _damage(store):
    generation = store / "generations" / (store / "CURRENT").read_text().strip()
    file = next(generation.rglob("*.faiss"))
    file.write_bytes(file.read_bytes()[:-1] + b"\x01")


@pytest.mark.slow
def test_another_model_is_refused(citera, store):
    """A model that can't be loaded is told in a sentence that names it."""
    code, _, messages = citera("reembed", "--store", str(store), EMBEDDING_MODEL="./no-such-model")
    assert code == 1
    assert "no-such-model" in messages
    assert "Traceback" not in messages


def test_chat_through_a_pipe(citera, store):
    """Each line is answered, what is no question told, and /quit leaves before the rest."""
    typed = f"{QUESTION}\n\n/help\n!!\n/quit\n{UNANSWERED}\n".encode()
    code, output, messages = citera("chat", stdin=typed, STORE_DIR=str(store))
    assert code == 0
    assert "“The conversion cost SEK 9.3 million.”" in output
    assert "/quit or Ctrl-D leaves" in output
    assert "Ask a question in words" in messages
    assert "Jag hittade" not in output


def test_eval(citera, store, tmp_path):
    """Known answers are compared; a line that is none is named."""
    file = tmp_path / "golden.jsonl"
    right = "pressmeddelanden/2025/05/new-library.md"
    file.write_text(
        json.dumps({"question": QUESTION, "docs": [right]})
        + "\n"
        + json.dumps({"question": UNANSWERED, "docs": []})
    )
    code, output, _ = citera("eval", str(file), "--json", STORE_DIR=str(store))
    found = json.loads(output)
    assert (code, found["questions"]) == (0, 2)
    assert found["shares"]["document in five"] == found["shares"]["refused rightly"] == 1
    assert "document in five   100.0%" in citera("eval", str(file), STORE_DIR=str(store))[1]
    file.write_text("{}\n")
    code, _, messages = citera("eval", str(file), STORE_DIR=str(store))
    assert code == 1
    assert sentence(messages).startswith("Line 1 of ")


def _listening(store, tmp_path):
    """Return a process that waits for questions on standard input."""
    process = subprocess.Popen(
        [*CITERA, "ask", "--json", "-"],
        env=surroundings(STORE_DIR=str(store)),
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
    )
    process.stdin.write(f"{QUESTION}\n".encode())
    assert json.loads(process.stdout.readline())["found"]
    return process


def test_answers_come_while_the_asker_waits_and_ctrl_c_ends_quietly(store, tmp_path):
    """An answer is written before the next question is read; Ctrl-C is 130 without a word."""
    process = _listening(store, tmp_path)
    process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, messages = process.communicate(timeout=20)
    assert (process.returncode, messages) == (INTERRUPTED, b"")


def test_a_reader_that_leaves_ends_it_quietly(store, tmp_path):
    """Where nobody reads the answers any more, it ends without a word."""
    process = _listening(store, tmp_path)
    process.stdout.close()
    process.stderr.readline()
    process.stdin.write(f"{QUESTION}\n".encode())
    assert process.wait(timeout=20) == PIPE_CLOSED
    assert process.stderr.read() == b""
    process.stdin.close()
    process.stderr.close()


def test_a_bug_is_logged_and_apologised_for(store, tmp_path):
    """What should never happen is one sentence for the user and a traceback, less the token."""
    token = "123456789:" + "A" * 35
    program = (
        "import sys, bot.cli\n"
        f"def broken(parsed, settings): raise ZeroDivisionError('for {token}')\n"
        "bot.cli._RUN['status'] = broken\n"
        "sys.exit(bot.cli.main(['status']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=surroundings(STORE_DIR=str(tmp_path / "new"), TELEGRAM_BOT_TOKEN=token),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    log = tmp_path / "new" / "citera.log"
    assert done.returncode == 1
    assert sentence(done.stderr).startswith("Sorry, something went wrong inside citera; ")
    assert str(log) in done.stderr
    assert "ZeroDivisionError: for (token)" in log.read_text()
    assert token not in log.read_text()
