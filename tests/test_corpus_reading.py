"""Folders read into documents, whatever stands in them."""

import hashlib
import os
from pathlib import Path

import pytest

from corpus.errors import UnreadableDocument, UserError
from corpus.reading import LARGEST_FILE, file_digest, find_files, read_document, read_folder


def write(folder: Path, path: str, data: bytes | str = "Text som går att läsa.") -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


def test_a_document_is_known_by_its_path_and_bytes(tmp_path):
    """Path, title, date, language, link and digest come with the text."""
    source = "---\nurl: https://example.org/a\n---\n# Ett möte\n\nDet var ett möte i byn."
    file = write(tmp_path, "nyheter/2023/03/mote.md", source)
    document = read_document(tmp_path, file)
    assert document.path == "nyheter/2023/03/mote.md"
    assert document.text == "Ett möte\n\nDet var ett möte i byn."
    assert (document.title, document.published) == ("Ett möte", "2023-03")
    assert (document.language, document.url) == ("sv", "https://example.org/a")
    assert document.digest == hashlib.sha256(source.encode()).hexdigest() == file_digest(file)


def test_title_without_a_heading(tmp_path):
    """A short first line serves as title, or else the name of the file."""
    short = read_document(tmp_path, write(tmp_path, "a.md", "En enda rad."))
    long = read_document(tmp_path, write(tmp_path, "ars-mote_2.md", "Ett långt stycke. " * 20))
    assert (short.title, long.title) == ("En enda rad.", "Ars mote 2")


def test_files_are_found_in_order(tmp_path):
    """Known formats are found at any depth; hidden and other files are passed over."""
    for path in ("b.TXT", "a/c.htm", "a/b.markdown", "z.html", "x.md", ".dold.md", ".git/x.md"):
        write(tmp_path, path)
    write(tmp_path, "bild.png")
    files, skipped = find_files(tmp_path)
    found = [file.relative_to(tmp_path).as_posix() for file in files]
    assert found == ["a/b.markdown", "a/c.htm", "b.TXT", "x.md", "z.html"]
    assert skipped == []


def test_a_folder_must_be_one(tmp_path):
    """A missing folder and a file in its place are each told in a sentence."""
    with pytest.raises(UserError, match="There is no folder"):
        find_files(tmp_path / "missing")
    with pytest.raises(UserError, match="is not a folder"):
        find_files(write(tmp_path, "a.txt"))


def test_links_are_not_followed_out_or_round(tmp_path):
    """Links out of the folder, to nothing, to themselves and to where they stand are named."""
    write(tmp_path, "outside/secret.md")
    folder = tmp_path / "documents"
    write(folder, "a.md")
    links = {
        "out.md": tmp_path / "outside" / "secret.md",
        "outfolder": tmp_path / "outside",
        "loop.md": folder / "loop.md",
        "round": folder,
        "gone.md": folder / "nothing.md",
        "inside.md": folder / "a.md",
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    files, skipped = find_files(folder)
    assert [file.name for file in files] == ["a.md", "inside.md"]
    reasons = {skip.path: skip.reason for skip in skipped}
    assert sorted(reasons) == ["gone.md", "loop.md", "out.md", "outfolder", "round"]
    assert "out of the documents folder" in reasons["out.md"] == reasons["outfolder"]
    assert "nowhere" in reasons["gone.md"]
    assert "back" in reasons["loop.md"]
    assert "back" in reasons["round"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.md", b" \n\t\n", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text"),
        ("a.txt", b"Sm\x9d\x81", "encoding"),
        ("a.md", b"![](x.png)\n\n***\n", "no text"),
        ("a.html", b"<html><body></body></html>", "no text"),
        ("a.html", b"\0\0\0", "no text"),
    ],
)
def test_unreadable_files_are_named_and_the_rest_is_read(tmp_path, name, data, reason):
    """What cannot be read is skipped with its reason; its neighbours are read."""
    write(tmp_path, name, data)
    write(tmp_path, "good.txt", "Det här går bra.")
    documents, skipped = read_folder(tmp_path)
    assert [document.path for document in documents] == ["good.txt"]
    assert [skip.path for skip in skipped] == [name]
    assert reason in skipped[0].reason.lower()
    assert skipped[0].reason.endswith(".")


def test_a_huge_file_is_not_loaded(tmp_path):
    """A file of 200 MB is refused by its size."""
    file = write(tmp_path, "huge.txt")
    os.truncate(file, 200 * 2**20)
    with pytest.raises(UnreadableDocument, match=f"larger than {LARGEST_FILE // 2**20} MB"):
        read_document(tmp_path, file)


def test_a_pipe_is_not_waited_for(tmp_path):
    """What only looks like a file is refused rather than read."""
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableDocument, match="ordinary file"):
        read_document(tmp_path, tmp_path / "pipe.txt")


def test_a_file_may_vanish(tmp_path):
    """A file that went between listing and reading is told as such."""
    with pytest.raises(UnreadableDocument, match="gone"):
        read_document(tmp_path, tmp_path / "a.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_closed_files_and_folders_are_named(tmp_path):
    """What may not be opened is skipped with what to do about it."""
    write(tmp_path, "closed.txt").chmod(0)
    write(tmp_path, "folder/a.txt").parent.chmod(0)
    documents, skipped = read_folder(tmp_path)
    (tmp_path / "folder").chmod(0o700)
    assert documents == []
    assert [skip.path for skip in skipped] == ["closed.txt", "folder"]
    assert all("allow it" in skip.reason for skip in skipped)


def test_progress_is_told(tmp_path):
    """Each file counts, readable or not."""
    write(tmp_path, "a.txt")
    write(tmp_path, "b.txt", b"")
    told: list[tuple[int, int]] = []
    read_folder(tmp_path, lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_names_with_any_letters(tmp_path):
    """Spaces, å and emoji in a path are kept as they are."""
    document = read_document(tmp_path, write(tmp_path, "Årsmöte 2024/möte 😀.txt", "En text."))
    assert (document.path, document.published) == ("Årsmöte 2024/möte 😀.txt", "2024")
