"""Small pieces that every figure is written with: short numbers, and tags whose texts are escaped."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup, escape


def number(value: float, digits: int = 1) -> str:
    """A number as attributes want it: at most `digits` decimals, no trailing zeros, never `-0`, in no locale."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(fraction: float) -> str:
    """A share of the whole as a percentage with two decimals, so that it holds at every width."""
    return f"{number(100 * fraction, 2)}%"


def tag(name: str, *content: str, **attributes: str) -> Markup:
    """An element; attributes without a value are left out, `class_` is written `class` and `view_box` `view-box`.

    Content and values are escaped unless they are `Markup`. An element without content closes itself, so this is for
    SVG; HTML elements come with content.
    """
    # Plain strings in between: a page of days holds thousands of elements, and `Markup.format` is slow.
    opened = "".join([name, *[f' {_attribute(key)}="{_escaped(value)}"' for key, value in attributes.items() if value]])
    inner = "".join([_escaped(part) for part in content])
    return Markup(f"<{opened}>{inner}</{name}>" if inner else f"<{opened}/>")  # noqa: S704  every part is escaped


def _escaped(text: str) -> str:
    """A text as it may stand in an element or an attribute; markup stays as it is."""
    return str(text) if isinstance(text, Markup) else str(escape(text))


def linked(href: str, *content: Markup) -> Markup:
    """The content as a link; as it is, in a group, where there is no address."""
    return tag("a", *content, href=href) if href else tag("g", *content)


def joined(parts: list[Markup]) -> Markup:
    """The parts one after another."""
    return Markup("").join(parts)


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
