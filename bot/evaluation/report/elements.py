"""HTML and SVG elements; all text is escaped."""

from html import escape


class Markup(str):
    """Text that is already markup and is not escaped again."""

    __slots__ = ()


def element(name: str, *children: str, **attributes: str | float) -> Markup:
    """Return an element; text children are escaped, elements are not.

    Attribute names use "_" for "-", and end with "_" if they are Python keywords.
    """
    listed = "".join(
        f' {attribute.strip("_").replace("_", "-")}="{escape(str(value))}"'
        for attribute, value in attributes.items()
    )
    held = "".join(one if isinstance(one, Markup) else escape(one) for one in children)
    return Markup(f"<{name}{listed}>{held}</{name}>")


def joined(*children: str) -> Markup:
    """Return elements and texts concatenated, texts escaped."""
    return Markup("".join(one if isinstance(one, Markup) else escape(one) for one in children))
