"""E-mails: sender, recipients, date and text, separated from quoted mails."""

import email
import email.utils
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from typing import Any, Final

from corpus.errors import UnreadableDocument
from corpus.formats.decoding import decode
from corpus.formats.html.web import read_html
from corpus.formats.parsed import Parsed, TextBuilder, clean
from corpus.formats.text.plain import read_plain
from corpus.languages.international import MAIL_FROM, MAIL_ON, MAIL_WROTE
from corpus.languages.known import either
from corpus.types import BlockKind

_HEADS: Final = ("From", "To", "Cc", "Date", "Subject")
_DIVIDER: Final = re.compile(
    rf"-{{2,}} ?(?:{either(lambda w: w.pages.forwarded)}) ?-{{2,}}|_{{10,}}$", re.IGNORECASE
)
_ATTRIBUTION: Final = re.compile(
    rf"{_DIVIDER.pattern}|(?:{either(lambda w: w.pages.mail_on)}|{MAIL_ON}) .{{6,160}}"
    rf"(?:{either(lambda w: w.pages.mail_wrote)}|{MAIL_WROTE})\b.{{0,80}}:$",
    re.IGNORECASE,
)
_HEAD_OF_QUOTED: Final = re.compile(
    rf"\*?(?:{either(lambda w: w.pages.mail_from)}|{MAIL_FROM}):\*? \S", re.IGNORECASE
)
_HEAD_BELOW: Final = re.compile(rf"\*?(?:{either(lambda w: w.pages.mail_labels)}):", re.IGNORECASE)
_QUOTED: Final = re.compile(r"(?:> ?)+")
_SIGNATURE: Final = re.compile(r"-- ?$")
_FROM_LINE: Final = re.compile(rb"(?m)^From (?=[^\n]*\d{2}:\d{2})")
_EARLIER: Final = "Earlier letter"
"""Heading for quoted text without an announcing line."""
_DEEPEST: Final = 20
_LONGEST_HEAD: Final = 4000


class _Policy(EmailPolicy):
    """Limits the length of parsed header lines, since parsing is quadratic."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        return super().header_fetch_parse(name, value[:_LONGEST_HEAD])


_POLICY: Final = _Policy()


def read_eml(data: bytes) -> Parsed:
    """Read a mail: its head, text, quoted text and attachments.

    :raises UnreadableDocument: if the bytes are not a mail.
    """
    message = email.message_from_bytes(data, policy=_POLICY)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise UnreadableDocument("The file is not a valid e-mail.")
    builder = TextBuilder()
    subject = _head(message, "Subject")
    builder.add(BlockKind.HEADING, subject, 1)
    lines = [f"{name}: {value}" for name in _HEADS[:-1] if (value := _head(message, name))]
    builder.add(BlockKind.PARAGRAPH, "\n".join(lines))
    head = len(builder.text())
    _write_body(builder, message)
    return Parsed(
        builder.text(),
        builder.blocks(),
        title=subject or None,
        published=_day(_head(message, "Date")),
        prose=subject + builder.text()[head:],
        members=list(_attached(message)),
    )


def read_mbox(data: bytes) -> Parsed:
    """Return the mails of a mailbox, each to be read separately."""
    starts = [found.start() for found in _FROM_LINE.finditer(data)]
    return Parsed("", (), members=_letters(data, starts))


def read_mhtml(data: bytes) -> Parsed:
    """Read a web page saved by a browser in one file.

    :raises UnreadableDocument: if it contains no page.
    """
    message = email.message_from_bytes(data, policy=_POLICY)
    for part in _parts(message):
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            parsed = read_html(_text_of(part).encode())
            location = str(part.get("Content-Location") or message.get("Snapshot-Content-Location"))
            address = location if location.startswith("http") else None
            return Parsed(
                parsed.text, parsed.blocks, parsed.title, parsed.published, parsed.language,
                parsed.url or address,
            )  # fmt: skip
    raise UnreadableDocument("There is no web page in the file.")


def _letters(data: bytes, starts: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    for number, start in enumerate(starts, 1):
        end = starts[number] if number < len(starts) else len(data)
        _, _, letter = data[start:end].partition(b"\n")
        yield f"{number}.eml", letter


def _write_body(builder: TextBuilder, message: EmailMessage) -> None:
    plain = [part for part in _parts(message) if _is_text(part, "text/plain")]
    pages = [part for part in _parts(message) if _is_text(part, "text/html")]
    for part in plain or pages:
        text = _text_of(part)
        if not plain:
            with suppress(UnreadableDocument):
                text = read_html(text.encode()).text
        own, quoted, announced = _apart(clean(text).split("\n"))
        _write(builder, own)
        if any(line.strip() for line in quoted):
            builder.add(BlockKind.HEADING, announced.strip(" -_*") or _EARLIER, 2)
            _write(builder, quoted)


def _write(builder: TextBuilder, lines: Sequence[str]) -> None:
    text = "\n".join(lines).strip()
    if text:
        builder.include(read_plain(text.encode()))


def _apart(lines: Sequence[str]) -> tuple[list[str], list[str], str]:
    """Return the new lines, the quoted lines, and the line that announces them.

    Quoted are lines marked as such, and everything below the head of an earlier mail.
    """
    own: list[str] = []
    quoted: list[str] = []
    announced = ""
    for position, line in enumerate(lines):
        mark = _QUOTED.match(line)
        if mark:
            quoted.append(line[mark.end() :])
        elif _ATTRIBUTION.match(line.strip()):
            announced = announced or line
            if _DIVIDER.match(line.strip()):
                return own, [*quoted, *lines[position + 1 :]], announced
        elif _opens_letter(lines, position):
            return own, [*quoted, *lines[position:]], announced
        elif not _SIGNATURE.match(line):
            own.append(line)
    return own, quoted, announced


def _opens_letter(lines: Sequence[str], position: int) -> bool:
    """Whether the head of an earlier mail starts here, in Outlook's unmarked form."""
    return bool(_HEAD_OF_QUOTED.match(lines[position].strip())) and any(
        _HEAD_BELOW.match(line.strip()) for line in lines[position + 1 : position + 4]
    )


def _attached(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for part in _parts(message):
        if part.get_content_type() == "message/rfc822":
            for inner in part.iter_parts():
                yield "letter.eml", inner.as_bytes()
        elif name := part.get_filename():
            content = part.get_payload(decode=True)
            yield clean(str(name)), content if isinstance(content, bytes) else b""


def _parts(message: object, depth: int = 0) -> Iterator[EmailMessage]:
    """Yield the parts with content, without those of an attached mail."""
    if not isinstance(message, EmailMessage) or depth > _DEEPEST:
        return
    if message.is_multipart() and message.get_content_type() != "message/rfc822":
        for part in message.iter_parts():
            yield from _parts(part, depth + 1)
    else:
        yield message


def _is_text(part: EmailMessage, kind: str) -> bool:
    return part.get_content_type() == kind and part.get_filename() is None


def _text_of(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    charset = part.get_content_charset()
    return decode(content, charset) if isinstance(content, bytes) and content.strip() else ""


def _head(message: EmailMessage, name: str) -> str:
    """Return a header field on one line; "" if it is missing or invalid."""
    try:
        return " ".join(clean(str(message.get(name) or "")).split())
    except Exception:  # noqa: BLE001 - the parser of heads raises anything on odd ones
        return ""


def _day(written: str) -> str | None:
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        parsed: datetime = parsedate_to_datetime(written)
        return parsed.date().isoformat()
    return None
