"""Reading folders, whatever they contain."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from corpus.errors import UnreadableDocument, UserError
from corpus.formats.registry import FORMATS, Format
from corpus.listing import find_files, path_within
from corpus.reading import file_digest, read_document, read_folder
from corpus.types import PassedOver


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
    """A short first line is the title, or else the file name."""
    short = read_document(tmp_path, write(tmp_path, "a.md", "En enda rad."))
    long = read_document(tmp_path, write(tmp_path, "ars-mote_2.md", "Ett långt stycke. " * 20))
    assert (short.title, long.title) == ("En enda rad.", "Ars mote 2")


def test_files_are_found_in_order(tmp_path):
    """Supported formats are found at any depth; hidden and other files are skipped."""
    for path in ("b.TXT", "a/c.htm", "a/b.markdown", "z.html", "x.md", ".dold.md", ".git/x.md"):
        write(tmp_path, path)
    write(tmp_path, "bild.png")
    listing = find_files(tmp_path)
    found = [file.relative_to(tmp_path).as_posix() for file in listing.files]
    assert found == ["a/b.markdown", "a/c.htm", "b.TXT", "x.md", "z.html"]
    assert listing.skipped == ()


def test_a_path_within_a_folder_has_forward_slashes_however_the_folder_is_named(tmp_path):
    """With a final slash, as ".", or as the root; undecodable bytes are escaped."""
    assert path_within(Path("/a/b/"), Path("/a/b/c d/e.md")) == "c d/e.md"
    assert path_within(Path(), Path("c/e.md")) == "c/e.md"
    assert path_within(Path("/"), Path("/c/e.md")) == "c/e.md"
    assert path_within(tmp_path, tmp_path / os.fsdecode(b"m\xf6te.md")) == "m\\xf6te.md"
    with pytest.raises(ValueError, match="a2"):
        path_within(Path("/a"), Path("/a2/e.md"))


def test_files_are_sorted_folder_by_folder(tmp_path):
    """The files of a folder are together, also beside a folder with a longer name."""
    for path in ("a/z.md", "a-b/c.md", "a.md"):
        write(tmp_path, path)
    found = [path_within(tmp_path, file) for file in find_files(tmp_path).files]
    assert found == ["a/z.md", "a-b/c.md", "a.md"]


def test_files_of_other_kinds_are_counted(tmp_path):
    """Unsupported kinds are counted, in any case, the most frequent first."""
    for path in ("a.dwg", "b/c.DWG", "d.pages", "LÄSMIG", ".dold", "~$a.docx", "x.md"):
        write(tmp_path, path)
    counted = [(one.kind, one.count) for one in find_files(tmp_path).passed_over]
    assert counted == [(".dwg", 2), ("", 1), (".pages", 1)]


def test_a_missing_library_is_named_with_what_brings_it(tmp_path, monkeypatch):
    """A format without its library is counted, with the command that installs it."""
    missing = Format("plain", "read_plain", library="nothing_of_this_name")
    monkeypatch.setitem(FORMATS, ".odd", missing)
    write(tmp_path, "a.odd")
    listing = find_files(tmp_path)
    assert listing.files == ()
    assert listing.passed_over == (PassedOver(".odd", 1, "pip install 'citera[office]'"),)


def test_names_that_are_no_text_are_shown_escaped(tmp_path):
    """Files, folders and links with names that are not UTF-8 are reported; others are read."""
    strange = os.fsdecode(b"k\xf6ket")
    write(tmp_path, strange + ".md")
    write(tmp_path, f"x/{strange}/a.md")
    (tmp_path / "x" / (strange + "-link.md")).symlink_to(tmp_path / "good.md")
    write(tmp_path, "good.md")
    documents, skipped = read_folder(tmp_path)
    assert [document.path for document in documents] == ["good.md"]
    assert [skip.path for skip in skipped] == [
        r"k\xf6ket.md",
        r"x/k\xf6ket",
        r"x/k\xf6ket-link.md",
    ]
    assert all("not UTF-8" in skip.reason for skip in skipped)


def test_a_folder_that_is_too_deep_is_named_with_what_is_wrong(tmp_path, monkeypatch):
    """The disk's error is reported, not a lack of permission."""
    monkeypatch.chdir(tmp_path)
    for _ in range(50):
        Path("x" * 100).mkdir()
        os.chdir("x" * 100)
    write(tmp_path, "good.md")
    documents, skipped = read_folder(tmp_path)
    assert [document.path for document in documents] == ["good.md"]
    assert [skip.reason for skip in skipped] == [
        "The disk could not open the folder: File name too long."
    ]


@pytest.mark.parametrize(
    "error",
    [
        OSError(5, "Input/output error"),
        MemoryError(),
        RecursionError(),
        KeyError("x"),
        ValueError(),
    ],
    ids=repr,
)
def test_no_error_of_one_file_is_raised(tmp_path, monkeypatch, error):
    """Whatever a reader raises, the file is reported and the next one read."""

    def fail(data):
        raise error

    monkeypatch.setattr("corpus.formats.text.plain.read_plain", fail)
    write(tmp_path, "a.txt")
    write(tmp_path, "b.md")
    documents, skipped = read_folder(tmp_path)
    assert [document.path for document in documents] == ["b.md"]
    assert [skip.path for skip in skipped] == ["a.txt"]
    assert skipped[0].reason.endswith(".")


def test_a_folder_of_many_files_is_listed_in_linear_time(tmp_path):
    """Twice the files take about twice the time."""

    def seconds(count: int) -> float:
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            (folder / f"{number}.md").touch()
        took = []
        for _ in range(3):
            started = time.process_time()
            find_files(folder)
            took.append(time.process_time() - started)
        return min(took)

    assert seconds(2000) < 9 * seconds(500) + 0.3


def test_a_folder_must_be_one(tmp_path):
    """A missing folder and a file in its place each give a message."""
    with pytest.raises(UserError, match="There is no folder"):
        find_files(tmp_path / "missing")
    with pytest.raises(UserError, match="is not a folder"):
        find_files(write(tmp_path, "a.txt"))


def test_links_are_not_followed_out_or_round(tmp_path):
    """Links out of the folder, broken, circular, and to their own parents are reported."""
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
    listing = find_files(folder)
    assert [file.name for file in listing.files] == ["a.md", "inside.md"]
    reasons = {skip.path: skip.reason for skip in listing.skipped}
    assert sorted(reasons) == ["gone.md", "loop.md", "out.md", "outfolder", "round"]
    assert "out of the documents folder" in reasons["out.md"] == reasons["outfolder"]
    assert "no longer exists" in reasons["gone.md"]
    assert "back" in reasons["loop.md"]
    assert "back" in reasons["round"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.md", b" \n\t\n", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not text"),
        ("a.txt", b"Sm\x9d\x81", "encoding"),
        ("a.md", b"![](x.png)\n\n***\n", "no text"),
        ("a.html", b"<html><body></body></html>", "no text"),
        ("a.html", b"\0\0\0", "not text"),
    ],
)
def test_unreadable_files_are_named_and_the_rest_is_read(tmp_path, name, data, reason):
    """Unreadable files are skipped with the reason; others are read."""
    write(tmp_path, name, data)
    write(tmp_path, "good.txt", "Det här går bra.")
    documents, skipped = read_folder(tmp_path)
    assert [document.path for document in documents] == ["good.txt"]
    assert [skip.path for skip in skipped] == [name]
    assert reason in skipped[0].reason.lower()
    assert skipped[0].reason.endswith(".")


def test_a_huge_file_is_not_loaded(tmp_path):
    """A file of 200 MB is rejected by its size."""
    file = write(tmp_path, "huge.txt")
    os.truncate(file, 200 * 2**20)
    with pytest.raises(UnreadableDocument, match="larger than 50 MB"):
        read_document(tmp_path, file)


def test_a_pipe_is_not_waited_for(tmp_path):
    """Anything but a regular file is rejected."""
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableDocument, match="regular file"):
        read_document(tmp_path, tmp_path / "pipe.txt")


def test_a_file_may_vanish(tmp_path):
    """A file deleted between listing and reading is reported as such."""
    with pytest.raises(UnreadableDocument, match="deleted"):
        read_document(tmp_path, tmp_path / "a.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_closed_files_and_folders_are_named(tmp_path):
    """Files without permission are skipped, with what to do."""
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
    """Spaces, å and emoji in a path are kept."""
    document = read_document(tmp_path, write(tmp_path, "Årsmöte 2024/möte 😀.txt", "En text."))
    assert (document.path, document.published) == ("Årsmöte 2024/möte 😀.txt", "2024")


def test_what_stands_beside_a_document_describes_it(tmp_path):
    """Sidecars give title, date, address and language; a file's own overrides its folder's."""
    folder = tmp_path / "möten"
    folder.mkdir()
    (tmp_path / "corpus.yaml").write_text("url: https://example.org/arkiv\nlanguage: en\n")
    (folder / "a.csv").write_text("Namn;Pris\nBåt;5000\n")
    (folder / "a.meta.yaml").write_text("title: Priser\ndate: 2024-03-05\n")
    (document,), skipped = read_folder(tmp_path)
    assert skipped == []
    assert find_files(tmp_path).passed_over == ()
    assert (document.title, document.published) == ("Priser", "2024-03-05")
    assert document.url == "https://example.org/arkiv/m%C3%B6ten/a.csv"
    before = document.digest
    (folder / "a.meta.yaml").write_text("title: Andra priser\n")
    assert read_folder(tmp_path)[0][0].digest != before
