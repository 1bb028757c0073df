"""Questions on the command line: output streams and exit codes."""

import json
import signal
import subprocess
import sys

import pytest
from command_line import CITERA, QUESTION, UNANSWERED, sentence, surroundings

from bot.cli.main import INTERRUPTED, PIPE_CLOSED
from bot.settings import SAMPLES


def test_an_answer_in_text(citera, store):
    """Exit code 0; quote and document on standard output, the note on standard error."""
    code, output, messages = citera("ask", *QUESTION.split(), STORE_DIR=str(store))
    assert code == 0
    assert "“The conversion cost SEK 9.3 million.”" in output
    assert "pressmeddelanden/2025/05/new-library.md" in output
    assert "\x1b" not in output
    assert sentence(messages).startswith("Answering from the sample documents; set DOCUMENTS_DIR")


KEYS = set(
    "question language found grade text reading items complete citations nearest missing "
    "confidence seconds".split()
)
CITATION_KEYS = set(
    "number document title published location url link passage start end quote quote_start "
    "quote_end highlights score".split()
)


def test_an_answer_in_json(citera, store):
    """Every quote is in the document's passage at its offsets."""
    code, output, _ = citera("ask", "--json", QUESTION, "--store", str(store))
    assert code == 0
    answer = json.loads(output)
    assert output.count("\n") == 1
    assert set(answer) == KEYS
    assert set(answer["reading"]) == {"kind", "read_as", "dates", "other_years", "insists"}
    assert answer["question"] == QUESTION
    assert answer["language"] == "en"
    assert answer["found"] is True
    assert answer["nearest"] == []
    assert 1 <= len(answer["citations"]) <= 5
    assert "The conversion cost SEK 9.3 million." in [one["quote"] for one in answer["citations"]]
    for number, citation in enumerate(answer["citations"], 1):
        start, end = (citation[key] - citation["start"] for key in ("quote_start", "quote_end"))
        assert set(citation) == CITATION_KEYS
        assert citation["passage"][start:end] == citation["quote"]
        for begin, close in citation["highlights"]:
            assert citation["quote_start"] <= begin < close <= citation["quote_end"]
        assert (SAMPLES / citation["document"]).is_file()
        assert citation["number"] == number


def test_nothing_found(citera, store):
    """A question without an answer gives 3, and shows the nearest passages."""
    code, output, _ = citera("ask", UNANSWERED, STORE_DIR=str(store))
    assert code == 3
    assert output.startswith("Jag hittade inget svar")
    assert "\n\nNärmaste textavsnitten, som inte besvarar frågan:\n\n[1] " in output


def test_many_questions(citera, store):
    """Each line gets its object in order, invalid ones too; the exit code reports those."""
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
    """Without an invalid line the code is 0 if any was answered, and 3 if none was."""
    ask = ("ask", "--json", "-", "--store", str(store))
    assert citera(*ask, stdin=f"{UNANSWERED}\n{QUESTION}\n".encode())[0] == 0
    assert citera(*ask, stdin=f"{UNANSWERED}\n".encode())[0] == 3


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", "Ask a question in words"),
        ("\x1b\x07 ?!", "Ask a question in words"),
        ("å" * 10_000, "The question is 10,000 characters long; the limit is 2,000"),
    ],
)
def test_what_is_no_question(citera, store, question, expected):
    """An empty, unprintable or overlong question gives 1 with a message, before any loading."""
    code, output, messages = citera("ask", question, STORE_DIR=str(store))
    assert (code, output) == (1, "")
    assert sentence(messages).startswith(expected)


def test_chat_through_a_pipe(citera, store):
    """Each line is answered, errors are reported, and /quit exits before the rest."""
    typed = f"{QUESTION}\n\n/help\n!!\n/quit\n{UNANSWERED}\n".encode()
    code, output, messages = citera("chat", stdin=typed, STORE_DIR=str(store))
    assert code == 0
    assert "“The conversion cost SEK 9.3 million.”" in output
    assert "/quit or Ctrl-D exits" in output
    assert "Ask a question in words" in messages
    assert "Jag hittade" not in output


def test_chat_goes_on_from_the_answer_before(citera, store):
    """A follow-up is rewritten, until /new starts a new conversation."""
    typed = "Vem deltog på januarimötet?\noch i mars?\ntack\n/new\noch i mars?\n/nw\n".encode()
    code, output, messages = citera("chat", stdin=typed, STORE_DIR=str(store))
    assert code == 0
    assert output.count("Läst som: ") == 1
    assert "Läst som: Vem deltog på marsmötet?\n\n" in output
    assert "Varsågod!" in output
    assert "New conversation: the previous questions are forgotten." in messages
    assert "There is no command /nw." in messages


def test_a_month_of_several_years(citera, store):
    """The assumed year and the others are shown, with how to choose one."""
    question, settings = "Vad beslutades på mötet i februari?", {"STORE_DIR": str(store)}
    _, output, messages = citera("ask", question, **settings)
    assert "\nLäst som februari 2025; det finns även 2024.\n" in output
    assert messages.endswith("For another year, ask with: --year 2024\n")
    _, output, _ = citera("ask", "--json", "--year", "2024", question, **settings)
    answer = json.loads(output)
    assert answer["citations"][0]["document"].endswith("2024-02-13-styrelsemote.md")
    assert answer["reading"]["dates"][0]["from"] == "2024-02-01"
    assert answer["reading"]["other_years"] == []
    _, output, messages = citera("chat", stdin=f"{question}\noch 2024?\n".encode(), **settings)
    assert "För ett annat år, fråga: och 2024?" in messages
    assert "[1] Protokoll från styrelsemötet i februari 2024" in output


@pytest.mark.parametrize(("said", "line"), [("hello", "Hello!"), ("Hej!", "Hej!")])
def test_a_greeting_is_answered(citera, store, said, line):
    """A greeting gets a reply and no passages, and exit code 0."""
    code, output, _ = citera("ask", said, STORE_DIR=str(store))
    assert code == 0
    assert output.startswith(line)
    assert output.count("\n") == 1


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
    """An answer is written before the next question is read; Ctrl-C gives 130, silently."""
    process = _listening(store, tmp_path)
    process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, messages = process.communicate(timeout=20)
    assert (process.returncode, messages) == (INTERRUPTED, b"")


def test_a_reader_that_leaves_ends_it_quietly(store, tmp_path):
    """If the reader of its output exits, it ends silently."""
    process = _listening(store, tmp_path)
    process.stdout.close()
    process.stderr.readline()
    process.stdin.write(f"{QUESTION}\n".encode())
    assert process.wait(timeout=20) == PIPE_CLOSED
    assert process.stderr.read() == b""
    process.stdin.close()
    process.stderr.close()


def test_ctrl_c_while_modules_load_leaves_no_trace():
    """Ctrl-C right after the start is as silent as later."""
    code = "import bot.cli; raise KeyboardInterrupt"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode != 0
    assert done.stderr == b""
