"""HTML and SVG elements, with every text in them escaped."""

from html import escape


class Markup(str):
    """Text that is markup already, and is not escaped again."""

    __slots__ = ()


def element(name: str, *children: str, **attributes: str | float) -> Markup:
    """Return an element; a text among its children is escaped, an element is not.

    An attribute's name is written with "_" for "-", and after it where Python has the word itself.
    """
    listed = "".join(
        f' {attribute.strip("_").replace("_", "-")}="{escape(str(value))}"'
        for attribute, value in attributes.items()
    )
    held = "".join(one if isinstance(one, Markup) else escape(one) for one in children)
    return Markup(f"<{name}{listed}>{held}</{name}>")


def joined(*children: str) -> Markup:
    """Return elements and texts one after the other, texts escaped."""
    return Markup("".join(one if isinstance(one, Markup) else escape(one) for one in children))
