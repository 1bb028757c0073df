"""Writes office documents in memory, and lists what was read of them."""

import io
import zipfile

from corpus.types import BlockKind

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "draw", "style", "presentation")
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Return a ZIP file of some members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def opendocument(body: str, styles: str = "") -> bytes:
    content = (
        f"<office:document-content {NAMESPACES}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body>{body}</office:body></office:document-content>"
    )
    return zipped({"content.xml": content})


def texts(parsed, kind=None):
    """Return the text of each block, or of each of a kind."""
    return [
        parsed.text[block.start : block.end]
        for block in parsed.blocks
        if kind in (None, block.kind)
    ]


def saved(document) -> bytes:
    """Return the bytes of a document of one of the libraries that write them."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def placed(parsed):
    """Return place and text of each block."""
    locations = [block.location for block in parsed.blocks]
    return list(zip(locations, texts(parsed), strict=True))


def rows_of(parsed):
    """Return place, cells and heads of each row."""
    return [
        (block.location, [parsed.text[start:end] for start, end in block.cells], block.columns)
        for block in parsed.blocks
        if block.kind is BlockKind.TABLE_ROW
    ]
