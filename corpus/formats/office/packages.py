"""Office documents as ZIP files of XML; nothing is fetched or executed."""

import io
import zipfile
from collections.abc import Iterator
from typing import Final, Self

from lxml import etree

from corpus.errors import UnreadableDocument

_LARGEST: Final = 300 * 2**20
"""Maximum unpacked size in bytes of all parts that are read."""
_BROKEN: Final = "The file is broken, or not what its name says; open it and save it again."


class Package:
    """The parts of a document."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise UnreadableDocument(_why_closed(data)) from error
        self._left = _LARGEST

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return self._archive.namelist()

    def read(self, name: str) -> bytes:
        """Return a part's bytes.

        :raises UnreadableDocument: if it is missing, broken, locked or expands endlessly.
        """
        try:
            with self._archive.open(name) as part:
                data = part.read(self._left + 1)
        except RuntimeError as error:
            raise UnreadableDocument(
                "It is locked with a password; save it without one."
            ) from error
        except Exception as error:  # The decompressors raise anything.
            raise UnreadableDocument(_BROKEN) from error
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableDocument("The file unpacks to more than 300 MB; split it up.")
        return data

    def xml(self, name: str) -> etree._Element:
        """Return the root element of a part; see `read` for errors."""
        return parse_xml(self.read(name))

    def xml_if_there(self, name: str) -> etree._Element | None:
        """Return the root element of an optional part."""
        return self.xml(name) if name in self._archive.NameToInfo else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()


def parse_xml(data: bytes) -> etree._Element:
    """Return the root element of XML, without entities or external references.

    :raises UnreadableDocument: if it is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(_BROKEN) from error
    etree.strip_elements(root, etree.Entity, with_tail=False)
    return root


def local_name(element: etree._Element) -> str:
    """Return an element's name without namespace; "" for other nodes."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """Return the attribute with a local name, in any namespace; None if there is none."""
    if element is not None and isinstance(element.tag, str):
        for key, value in element.attrib.items():
            if etree.QName(key).localname == name:
                return str(value)
    return None


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Return the descendant reached by following first children with the given names."""
    for name in names:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children with one of the names, in order."""
    return (one for one in element if local_name(one) in names)


def declared_title(package: Package, part: str) -> str | None:
    """Return the title in a document's properties."""
    root = package.xml_if_there(part)
    titles = [] if root is None else [one for one in root.iter() if local_name(one) == "title"]
    return titles[0].text if titles else None


def _why_closed(data: bytes) -> str:
    # The container format of old Office, also used for locked new files.
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "The file is locked, or from Office before 2007; save it again, without a password."
    return _BROKEN
