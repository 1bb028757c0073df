"""E-books and archives."""

import pytest
from office_files import zipped

from corpus.errors import UnreadableDocument
from corpus.formats.archive import read_zip
from corpus.formats.html.epub import read_epub
from corpus.reading import read_folder


def test_a_book_is_read_in_its_order():
    """Chapters follow the spine; title and language are the book's."""
    chapter = (
        "<html><body><h1>{0}</h1><p>Kapitlet {0} handlar om båtar och bryggor.</p></body></html>"
    )
    parsed = read_epub(
        zipped(
            {
                "META-INF/container.xml": '<container><rootfiles><rootfile full-path="b/x.opf"/>'
                "</rootfiles></container>",
                "b/x.opf": "<package><metadata><title>Boken</title><language>sv</language>"
                '</metadata><manifest><item id="a" href="t%20a.xhtml"/><item id="b" '
                'href="b.xhtml"/></manifest><spine><itemref idref="b"/><itemref idref="a"/>'
                "</spine></package>",
                "b/t a.xhtml": chapter.format("Sist"),
                "b/b.xhtml": chapter.format("Först"),
            }
        )
    )
    assert (parsed.title, parsed.language) == ("Boken", "sv")
    assert parsed.text.index("Först") < parsed.text.index("Sist")


def test_files_in_an_archive_are_documents(tmp_path):
    """Each is read by its reader, unsupported ones are reported, and no path escapes."""
    inner = zipped({"möte.md": "# Möte\n\nBåten såldes."})
    (tmp_path / "a.zip").write_bytes(
        zipped(
            {
                "../../ut.txt": "Detta leder ut.",
                "2024/in.zip": inner,
                "bild.png": b"x",
                "trasig.docx": b"x",
                "__MACOSX/._x.md": "skräp",
            }
        )
    )
    documents, skipped = read_folder(tmp_path)
    assert [one.path for one in documents] == ["a.zip/ut.txt", "a.zip/2024/in.zip/möte.md"]
    assert [one.path for one in skipped] == ["a.zip", "a.zip/trasig.docx"]
    assert "1 .png" in skipped[0].reason


def test_an_archive_does_not_expand_without_bound():
    """A zip bomb is rejected before it fills the memory."""
    bomb = zipped({f"{number}.txt": b"\0" * 2**26 for number in range(6)})
    assert len(bomb) < 2**20
    with pytest.raises(UnreadableDocument, match="unpacks to more"):
        list(read_zip(bomb).members)
