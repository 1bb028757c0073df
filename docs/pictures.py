"""Makes the screenshots in this folder from the bot's real answers.

    make pictures

The real `citera telegram` answers over the sample documents, against the Bot API server of the
tests, and Chromium draws the page. It needs `chromium`, `pngquant` (which halves the files), and
the fonts Roboto and Noto Color Emoji (Debian: fonts-roboto, fonts-noto-color-emoji).
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot_api import FakeTelegram
from bot_process import BotProcess
from chat_page import page
from command_line import run_citera

MEMBER: Final = 42
CHROMIUM: Final = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--hide-scrollbars",
    "--force-device-scale-factor=2",
)


@dataclass(frozen=True, slots=True)
class Press:
    """A press on a button of the last message, found by words of its label."""

    button: str


@dataclass(frozen=True, slots=True)
class Scene:
    """The contents of one picture."""

    name: str
    language: str
    steps: Sequence[str | Press]
    """The messages and button presses."""


SCENES: Final = (
    Scene("answer-en", "en", ["Who attended the January meeting?"]),
    Scene(
        "follow-up-sv",
        "sv",
        ["Vilka var frånvarande i november 2024?", "Och i september?"],
    ),
    Scene("source-sv", "sv", ["Varför måste Kvarnbron stängas?", Press("[1]")]),
)


def main() -> int:
    """Make every picture; return the exit code."""
    chats = {MEMBER + number: scene for number, scene in enumerate(SCENES)}
    with tempfile.TemporaryDirectory() as name, FakeTelegram() as fake:
        folder = Path(name)
        settings = {
            "STORE_DIR": str(folder / "store"),
            "ALLOWED_CHAT_IDS": ",".join(map(str, chats)),
        }
        run_citera(folder, "reembed", **settings)
        with BotProcess(fake, folder, **settings):
            for chat, scene in chats.items():
                play(fake, chat, scene)
                draw(shown(fake, chat), folder, Path(__file__).with_name(f"{scene.name}.png"))
    return 0


def play(fake: FakeTelegram, chat: int, scene: Scene) -> None:
    """Perform the steps of a scene."""
    for step in scene.steps:
        before = _changes(fake)
        if isinstance(step, Press):
            fake.deliver(fake.pressed(fake.sent[-1], step.button, language=scene.language))
        else:
            fake.say(step, user=chat, language=scene.language)
        fake.wait_for(lambda before=before: _changes(fake) > before)
        # The bot removes its "working" sign when it is done.
        fake.wait_for(lambda: not any(fake.reactions.values()))


def _changes(fake: FakeTelegram) -> int:
    """Return how often the bot has sent or edited something."""
    return sum(1 + len(sent.edits) for sent in fake.sent)


def shown(fake: FakeTelegram, chat: int) -> str:
    """Return the page of a chat in its present state."""
    places = sorted(place for place in fake.messages if place[0] == chat)
    reactions = {place[1]: "".join(emoji) for place, emoji in fake.reactions.items()}
    return page("Citera", "bot", [fake.messages[place] for place in places], reactions)


def draw(html: str, folder: Path, picture: Path) -> None:
    """Have Chromium draw a page in its full height."""
    source = folder / "chat.html"
    source.write_text(html, encoding="utf-8")
    dumped = subprocess.run(
        [*CHROMIUM, "--window-size=390,800", "--dump-dom", source.as_uri()],
        capture_output=True,
        text=True,
        check=True,
    )
    [height] = re.findall(r"<title>(\d+)</title>", dumped.stdout)
    subprocess.run(
        [*CHROMIUM, f"--window-size=390,{height}", f"--screenshot={picture}", source.as_uri()],
        capture_output=True,
        check=True,
    )
    quantized = ["pngquant", "--force", "--ext=.png", "--quality=60-95", "--strip", str(picture)]
    subprocess.run(quantized, check=True)
    print(f"{picture.name}: {picture.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
