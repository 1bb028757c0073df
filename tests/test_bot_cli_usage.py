"""Mistyped commands, wrong settings, internal errors, and which modules are loaded."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import QUESTION, sentence, surroundings

from bot.cli.arguments import COMMANDS, build_parser

HEAVY = {"torch", "telegram", "sentence_transformers", "jinja2"}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"ADMIN_USER_IDS": "anna"}, "ADMIN_USER_IDS must be"),
        ({"TELEGRAM_BOT_TOKEN": "secret"}, "TELEGRAM_BOT_TOKEN does not look like"),
        ({"DOCUMENTS_DIR": __file__}, "DOCUMENTS_DIR must name a folder"),
    ],
)
def test_a_wrong_setting(citera, settings, expected):
    """A wrong variable gives 1, with one sentence that names it."""
    code, output, messages = citera("status", **settings)
    assert (code, output) == (1, "")
    assert sentence(messages).startswith(expected)
    assert "secret" not in messages


def test_a_wrong_variable_in_the_env_file(citera, tmp_path):
    """The .env in the current folder is read."""
    (tmp_path / ".env").write_text("ALLOWED_CHAT_IDS=@group\n")
    assert sentence(citera("ask", "Who?")[2]).startswith("ALLOWED_CHAT_IDS must be")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "the following arguments are required: COMMAND"),
        (("ask", "--year", "24", "Who?"), "argument --year: '24' is not a year such as 2024"),
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
    """An invalid command line gives 2, with a suggestion."""
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(arguments)
    assert ended.value.code == 2
    assert expected in capsys.readouterr().err


def test_wrong_usage_of_the_process(citera):
    """The process ends with 2 as well."""
    assert citera("aks")[0] == 2


def test_folders_may_stand_before_or_after_the_command():
    """--store and --documents work on both sides; the later one counts."""
    parse = build_parser().parse_args
    assert parse(["--store", "a", "ask", "x"]).store == Path("a")
    assert parse(["ask", "x", "--store", "b"]).store == Path("b")
    assert parse(["--store", "a", "ask", "x", "--store", "b"]).store == Path("b")
    assert not hasattr(parse(["ask", "x"]), "documents")


def test_help_is_quick_and_names_every_command(citera):
    """--help reads no settings and loads nothing heavy."""
    started = time.monotonic()
    code, output, messages = citera("--help", ADMIN_USER_IDS="wrong")
    assert time.monotonic() - started < 2
    assert (code, messages) == (0, "")
    assert all(f"\n    {command} " in output for command in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--help"], {"numpy", "faiss", "rich", "torch", "telegram", "embeddings"}),
        (["ask", QUESTION], {*HEAVY, "lxml", "rich"}),
        (["reembed"], HEAVY),
    ],
)
def test_a_command_loads_only_what_it_needs(store, tmp_path, arguments, absent):
    """--help, a question and a re-embed load neither torch nor Telegram."""
    program = (
        "import sys\n"
        "from bot.cli.main import main\n"
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


def test_a_bug_is_logged_and_apologised_for(store, tmp_path):
    """An internal error gives one sentence, and a logged traceback without the token."""
    token = "123456789:" + "A" * 35
    program = (
        "import sys, bot.cli.main\n"
        f"def broken(parsed, settings): raise ZeroDivisionError('for {token}')\n"
        "bot.cli.main._RUN['status'] = broken\n"
        "sys.exit(bot.cli.main.main(['status']))\n"
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
