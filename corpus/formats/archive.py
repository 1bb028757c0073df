"""ZIP folders: each file in them is read by the reader of its own format."""

import re
from collections.abc import Iterator

from corpus.formats.office.packages import Package
from corpus.formats.parsed import Parsed

_HIDDEN = re.compile(r"\.(?!\.?$)|~\$|__MACOSX$")


def read_zip(data: bytes) -> Parsed:
    """Return the files of an archive, unpacked one at a time as they are asked for.

    :raises UnreadableDocument: if it is broken; if it is locked or expands without bound as soon as
        that is met.
    """
    package = Package(data)
    return Parsed("", (), members=_members(package))


def _members(package: Package) -> Iterator[tuple[str, bytes]]:
    for name in package.names():
        hidden = any(_HIDDEN.match(step) for step in name.split("/"))
        if not (hidden or name.endswith("/")):
            yield name, package.read(name)
