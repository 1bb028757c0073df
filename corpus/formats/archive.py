"""ZIP archives; each member is read by the reader of its own format."""

import re
from collections.abc import Iterator

from corpus.formats.office.packages import Package
from corpus.formats.parsed import Parsed

_HIDDEN = re.compile(r"\.(?!\.?$)|~\$|__MACOSX$")


def read_zip(data: bytes) -> Parsed:
    """Return the members of an archive, unpacked one at a time on demand.

    :raises UnreadableDocument: if it is broken, or when a locked or endlessly expanding member is
    reached.
    """
    package = Package(data)
    return Parsed("", (), members=_members(package))


def _members(package: Package) -> Iterator[tuple[str, bytes]]:
    for name in package.names():
        hidden = any(_HIDDEN.match(step) for step in name.split("/"))
        if not (hidden or name.endswith("/")):
            yield name, package.read(name)
