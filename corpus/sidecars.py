"""Metadata beside documents: in `name.meta.yaml`, or for a folder in `corpus.yaml`.

Both have the same fields as the front matter of a Markdown file: title, date, url and language. The
nearest one to the document takes precedence. A url in `corpus.yaml` is that of the folder; the path
is appended.
"""

from pathlib import Path
from typing import Final
from urllib.parse import quote

from corpus.errors import UnreadableDocument
from corpus.files import read_bytes
from corpus.formats.decoding import decode
from corpus.formats.parsed import clean
from corpus.formats.text.front_matter import split_front_matter

OF_A_FILE: Final = ".meta.yaml"
"""Appended to a file's name, with or without its extension."""
OF_A_FOLDER: Final = "corpus.yaml"
_LARGEST: Final = 2**16


class Sidecars:
    """The metadata of a folder's documents; create a new one for each reading."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._of_folders: dict[Path, tuple[bytes, dict[str, str]]] = {}

    def of(self, file: Path) -> tuple[dict[str, str], bytes]:
        """Return title, published, url and language of a file, and the bytes they come from."""
        data, inherited = self._inherited(file.parent)
        fields = dict(inherited)
        if folder_url := fields.pop("folder_url", None):
            fields["url"] = f"{folder_url.rstrip('/')}/{quote(file.name)}"
        for beside in (file.with_suffix(OF_A_FILE), file.with_name(file.name + OF_A_FILE)):
            own = _read(beside)
            fields |= _fields(own)
            data += own
        return fields, data

    def _inherited(self, folder: Path) -> tuple[bytes, dict[str, str]]:
        """Return the metadata of a folder and its parents."""
        if folder not in self._of_folders:
            data, fields = b"", {}
            if folder != self._folder and self._folder in folder.parents:
                data, around = self._inherited(folder.parent)
                fields = dict(around)
                if url := fields.get("folder_url"):
                    fields["folder_url"] = f"{url.rstrip('/')}/{quote(folder.name)}"
            own = _read(folder / OF_A_FOLDER)
            said = _fields(own)
            if "url" in said:
                said["folder_url"] = said.pop("url")
            self._of_folders[folder] = data + own, fields | said
        return self._of_folders[folder]


def is_sidecar(name: str) -> bool:
    """Whether a file name is that of a sidecar file."""
    return name == OF_A_FOLDER or name.endswith(OF_A_FILE)


def _read(file: Path) -> bytes:
    try:
        return read_bytes(file, _LARGEST)
    except UnreadableDocument:
        return b""


def _fields(data: bytes) -> dict[str, str]:
    if not data:
        return {}
    try:
        text = clean(decode(data)).strip().removeprefix("---").removesuffix("---").strip()
    except UnreadableDocument:
        return {}
    return dict(split_front_matter(f"---\n{text}\n---\n")[0])
