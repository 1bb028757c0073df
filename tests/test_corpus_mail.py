"""Mails, mailboxes and saved pages."""

from email.message import EmailMessage

from office_files import texts

from corpus.formats.mail import read_eml, read_mbox, read_mhtml
from corpus.reading import read_folder
from corpus.types import BlockKind


def letter(body: str, **heads: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Anna Moss <anna@example.org>"
    message["To"] = "Bo Lind <bo@example.org>"
    message["Date"] = "Tue, 05 Mar 2024 10:00:00 +0100"
    message["Subject"] = heads.get("Subject", "Båten är såld")
    message.set_content(body)
    return message


def test_a_letter_and_what_it_quotes():
    """Subject and date are metadata; quoted text is under the line that announces it."""
    body = (
        "Hej Bo!\n\nBåten såldes för 5000 kronor.\n\n"
        "Den 4 mars 2024 skrev Bo Lind <bo@example.org>:\n> Är båten såld?\n> Bo\n"
    )
    parsed = read_eml(bytes(letter(body)))
    assert (parsed.title, parsed.published) == ("Båten är såld", "2024-03-05")
    headings = ["Båten är såld", "Den 4 mars 2024 skrev Bo Lind <bo@example.org>:"]
    assert texts(parsed, BlockKind.HEADING) == headings
    own, _, quoted = parsed.text.partition(headings[1])
    assert "From: Anna Moss <anna@example.org>" in own
    assert "5000 kronor" in own
    assert "Är båten såld?" in quoted
    assert ">" not in quoted.replace(headings[1], "")


def test_the_language_of_a_letter_is_that_of_what_is_written(tmp_path):
    """English header names don't count."""
    message = letter("Nycklar finns hos Stina i hall A.", Subject="Nycklar")
    (tmp_path / "brev.eml").write_bytes(bytes(message))
    (document,), _ = read_folder(tmp_path)
    assert document.language == "sv"


def test_what_is_sent_with_a_letter_is_read_by_its_own_reader(tmp_path):
    """Attachments and attached mails are documents with paths inside the mail's."""
    message = letter("Se bilagan.")
    message.add_attachment(
        "Namn;Pris\nBåt;5000\n".encode(), maintype="text", subtype="csv", filename="pris lista.csv"
    )
    message.add_attachment(letter("Inre brev."))
    (tmp_path / "brev.eml").write_bytes(bytes(message))
    documents, skipped = read_folder(tmp_path)
    assert skipped == []
    assert [one.path for one in documents] == [
        "brev.eml",
        "brev.eml/pris lista.csv",
        "brev.eml/letter.eml",
    ]
    assert "Båt | 5000" in documents[1].text


def test_a_mailbox_is_its_letters():
    """Each mail is one, also if one quotes a line that starts with From."""
    mailbox = b"".join(
        b"From anna@example.org Tue Mar  5 10:00:00 2024\n" + bytes(letter(text)) + b"\n"
        for text in ("Första brevet.", "Andra.\n\n>From now on: nej.")
    )
    letters = list(read_mbox(mailbox).members)
    assert [name for name, _ in letters] == ["1.eml", "2.eml"]
    assert read_eml(letters[1][1]).text.count("nej") == 1


def test_a_page_saved_in_one_file():
    """The page is read and its address kept."""
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://example.org/sida"
    page = "<main><h1>Bryggan</h1><p>Bryggan öppnar i maj varje år.</p></main>"
    message.set_content(f"<html><body>{page}</body></html>", subtype="html")
    parsed = read_mhtml(bytes(message))
    assert "Bryggan öppnar i maj" in parsed.text
    assert parsed.url == "https://example.org/sida"
