"""Settings from the environment or `.env`; errors name the variable."""

import os
from pathlib import Path

import pytest

from bot.settings import (
    SAMPLES,
    VARIABLES,
    Settings,
    keep_numpy_to_one_thread,
    load_settings,
    misspelt,
)
from corpus.errors import UserError
from embeddings.models.loading import check_name, load_reader

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
NO_FILE = Path("no/such/.env")


def from_environment(**values):
    return load_settings(values, NO_FILE)


def test_nothing_set_answers_from_the_samples():
    """By default: the samples, the bundled model, and nobody has access."""
    settings = from_environment()
    assert settings == Settings()
    assert settings.answers_from_samples
    assert settings.documents_dir == SAMPLES
    assert any(SAMPLES.rglob("*.md"))
    assert settings.store_dir == Path("store")
    assert settings.embedding_model is None
    assert settings.admin_user_ids == settings.allowed_chat_ids == frozenset()


def test_every_variable_is_read(tmp_path):
    """Each variable reaches its setting; ids may be separated by commas or spaces."""
    settings = from_environment(
        DOCUMENTS_DIR=str(tmp_path),
        STORE_DIR=str(tmp_path / "new"),
        EMBEDDING_MODEL="intfloat/multilingual-e5-small",
        GOLDEN_QUESTIONS="golden.jsonl",
        TELEGRAM_BOT_TOKEN=TOKEN,
        ADMIN_USER_IDS="1, 22,333",
        ALLOWED_CHAT_IDS=" -1001234567890  7,",
        TELEGRAM_API_URL="http://127.0.0.1:8081/",
        ACCESS="Open",
        QUESTIONS_PER_MINUTE="0",
        KEEP_QUESTIONS_DAYS="7",
        WEBHOOK_URL="https://bot.example.org/telegram",
        LISTEN="[::1]:8080",
    )
    assert settings == Settings(
        documents_dir=tmp_path,
        store_dir=tmp_path / "new",
        embedding_model="intfloat/multilingual-e5-small",
        golden_questions=Path("golden.jsonl"),
        telegram_bot_token=TOKEN,
        admin_user_ids=frozenset({1, 22, 333}),
        allowed_chat_ids=frozenset({-1001234567890, 7}),
        telegram_api_url="http://127.0.0.1:8081",
        open_to_all=True,
        questions_per_minute=0,
        keep_questions_days=7,
        webhook_url="https://bot.example.org/telegram",
        listen=("::1", 8080),
    )
    assert not settings.answers_from_samples


def test_a_webhook_is_taken_on_this_machine_alone_unless_told_otherwise():
    """By default only a local proxy can reach it."""
    assert from_environment().listen is None
    webhook = from_environment(WEBHOOK_URL="https://bot.example.org/telegram")
    assert webhook.listen == ("127.0.0.1", 8443)


def test_the_environment_goes_before_the_file(tmp_path):
    """The environment overrides the file; the rest of the file still counts."""
    file = tmp_path / ".env"
    file.write_text("STORE_DIR=of_the_file\nADMIN_USER_IDS=5 # me\nEMBEDDING_MODEL=a$HOME\n")
    settings = load_settings({"STORE_DIR": "of_the_environment"}, file)
    assert settings.store_dir == Path("of_the_environment")
    assert settings.admin_user_ids == {5}
    assert settings.embedding_model == "a$HOME"


def test_an_empty_value_counts_as_not_set(tmp_path):
    """A line such as DOCUMENTS_DIR= leaves the default."""
    file = tmp_path / ".env"
    file.write_text("".join(f"{name}=\n" for name in VARIABLES))
    assert load_settings({"STORE_DIR": "  "}, file) == Settings()


def test_the_environment_of_the_process_is_read(monkeypatch, tmp_path):
    """Called without arguments, the process's own variables and ./.env are read."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".env").write_text("ADMIN_USER_IDS=9\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALLOWED_CHAT_IDS", "8")
    assert load_settings() == Settings(
        admin_user_ids=frozenset({9}), allowed_chat_ids=frozenset({8})
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "123456:short"),
        ("TELEGRAM_BOT_TOKEN", TOKEN + " and more"),
        ("ADMIN_USER_IDS", "anna"),
        ("ADMIN_USER_IDS", "-100123"),
        ("ADMIN_USER_IDS", "1 2 x"),
        ("ALLOWED_CHAT_IDS", "12,3.5"),
        ("ALLOWED_CHAT_IDS", "１２"),
        ("ALLOWED_CHAT_IDS", "9" * 40),
        ("TELEGRAM_API_URL", "127.0.0.1:8081"),
        ("TELEGRAM_API_URL", "http://"),
        ("TELEGRAM_API_URL", "http://[::1"),
        ("ACCESS", "everybody"),
        ("QUESTIONS_PER_MINUTE", "-1"),
        ("QUESTIONS_PER_MINUTE", "ten"),
        ("KEEP_QUESTIONS_DAYS", "1.5"),
        ("WEBHOOK_URL", "http://bot.example.org/telegram"),
        ("WEBHOOK_URL", "https://bot.example.org"),
        ("LISTEN", "8443"),
        ("LISTEN", "127.0.0.1:70000"),
    ],
)
def test_a_wrong_value_is_named(name, value):
    """The message starts with the variable, says what is expected, and is one line."""
    with pytest.raises(UserError, match=rf"^{name} (must|does not)") as error:
        from_environment(**{name: value})
    assert "\n" not in str(error.value)


def test_a_folder_is_no_question_file(tmp_path):
    """A folder in place of a file is an error; the file is read later."""
    with pytest.raises(UserError, match=r"GOLDEN_QUESTIONS must name a file, but .* is a folder"):
        from_environment(GOLDEN_QUESTIONS=str(tmp_path))


@pytest.mark.parametrize("name", ["DOCUMENTS_DIR", "STORE_DIR"])
def test_a_file_is_no_folder(name, tmp_path):
    """A file in place of a folder is an error; a missing folder is not."""
    file = tmp_path / "file.txt"
    file.write_text("text")
    with pytest.raises(UserError, match=f"{name} must name a folder, but .* is a file"):
        from_environment(**{name: str(file)})
    assert from_environment(**{name: str(tmp_path / "later")})


@pytest.mark.parametrize("name", ["DOCUMENTS_DIR", "STORE_DIR", "GOLDEN_QUESTIONS"])
@pytest.mark.parametrize("value", ["~nobody-of-that-name", "x" * 300])
def test_a_path_that_no_system_has_is_told(name, value):
    """Another user who does not exist, and a name that is too long."""
    with pytest.raises(UserError, match=f"{name} is not a path that can be opened"):
        from_environment(**{name: value})


@pytest.mark.parametrize("model", ["~nobody-of-that-name", "x" * 300, "a/" + "x" * 300])
def test_a_model_that_no_system_has_is_told(model):
    """As one that is misspelt."""
    with pytest.raises(UserError, match="neither a folder nor a name"):
        check_name(model, "bundled")
    with pytest.raises(UserError, match="neither a folder nor a name"):
        load_reader(model)


def test_a_number_that_is_too_large_is_told_in_short():
    """With the bound that it breaks."""
    with pytest.raises(UserError, match=r"from 0 to 999999; it is '9{30}…'"):
        from_environment(QUESTIONS_PER_MINUTE="9" * 400)


def test_the_token_is_shown_nowhere():
    """Neither the settings' repr nor an error message shows the token."""
    settings = from_environment(TELEGRAM_BOT_TOKEN=TOKEN)
    assert TOKEN not in f"{settings!r} {settings}"
    assert settings.require_token() == TOKEN
    with pytest.raises(UserError) as error:
        from_environment(TELEGRAM_BOT_TOKEN=TOKEN + "!")
    assert TOKEN not in str(error.value)


def test_a_missing_token_is_told_how_to_get():
    """Only what needs the token asks for it, and says where to get one."""
    with pytest.raises(UserError, match=r"TELEGRAM_BOT_TOKEN is not set.*@BotFather"):
        from_environment().require_token()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "DOCUMENT_DIR=/srv",
            "line 2: there is no setting DOCUMENT_DIR. Did you mean: DOCUMENTS_D",
        ),
        (
            "admin_user_ids=7",
            "line 2: there is no setting admin_user_ids. Did you mean: ADMIN_USER",
        ),
        ("export ALOWED_CHAT_IDS=7", "Did you mean: ALLOWED_CHAT_IDS"),
        ("XYZZY=7", "line 2: there is no setting XYZZY. Settings: TELEGRAM_BOT_TOKEN, ADMIN_"),
        ("STORE_DIR store", "line 2 is not of the form NAME=value."),
        ("STORE_DIR", "line 2 is not of the form NAME=value."),
        (f"TELEGRAM_BOT_TOKEN: {TOKEN}", "line 2 is not of the form NAME=value."),
        ('ACCESS="open', "line 2 is not of the form NAME=value."),
    ],
)
def test_a_line_of_the_file_that_sets_nothing_is_told(tmp_path, line, told):
    """With file, line and nearest valid name; never with a possible token."""
    file = tmp_path / ".env"
    file.write_text(f"# mine\n{line}\nSTORE_DIR=here\n")
    with pytest.raises(UserError) as error:
        load_settings({}, file)
    assert str(error.value).startswith(f"{file}")
    assert told in str(error.value)
    assert TOKEN not in str(error.value)
    assert error.value.right.store_dir == Path("here")


def test_all_that_is_wrong_is_held(tmp_path):
    """One error is shown, with how to see the others."""
    file = tmp_path / ".env"
    file.write_text("\ufeffACCESS=shut\nSTOR_DIR=x\nQUESTIONS_PER_MINUTE=many\n")
    with pytest.raises(UserError, match=r"STOR_DIR.* \(2 more: citera check\)$") as error:
        load_settings({"DOCUMENTS_DIRECTORY": "x"}, file)
    assert len(error.value.sentences) == 3


def test_the_environment_may_hold_what_it_likes():
    """A similar variable there is no error, but `citera check` mentions it."""
    environment = {"HOME": "/root", "DOCUMENT_DIR": "/srv", "PATH": "/bin"}
    assert load_settings(environment, NO_FILE) == Settings()
    assert misspelt(environment) == ["DOCUMENT_DIR is not a setting. Did you mean: DOCUMENTS_DIR"]


def test_an_env_file_in_another_encoding_is_named(tmp_path):
    """A .env that is not UTF-8 gives a message with its path."""
    file = tmp_path / ".env"
    file.write_bytes("DOCUMENTS_DIR=/srv/protokoll från år 2024\n".encode("cp1252"))
    with pytest.raises(UserError, match=r"\.env cannot be read .* UTF-8"):
        load_settings({}, file)


def test_numpy_keeps_to_one_thread_unless_told_otherwise(monkeypatch):
    """What the owner has set stays."""
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "4")
    keep_numpy_to_one_thread()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "4"
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    keep_numpy_to_one_thread()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
