"""Bodies to try Markdown on, from harmless to hostile, and what a body gives."""

from __future__ import annotations

import re
from html import escape

from hypothesis import strategies as st

from generator.markdown import filled, parsed_body
from generator.problems import Problem, Span

PATH = "content/incidents/2025/x.md"

# What CommonMark knows, and nothing that is refused.
PIECES = (
    "a", "b c", " ", "  ", "\n", "\n\n", "  \n", "\\\n", "*", "**", "_", "__", "`", "``", "\\", "\\*", "&amp;", "&#35;", "&", "<",
    ">", "> ", "- ", "* ", "+ ", "1. ", "2) ", "    ", "\t", "## ", "### ", "##", "---\n", "===\n", "***\n", "```\n", "~~~ py\n", "|",
    "| a | b |\n|---|:-:|\n| c | `d` |\n", "!", "(", ")", "[", "]", "[a](https://example.org/a)", "[a](https://example.org/a 'b')",
    "[b][r]", "[r]", "\n\n[r]: https://example.org/r 'R'\n\n", "<https://example.org/>", "<a@example.org>", '"', "'", "é", "漢", "\u00a0",
    "tel", ":", "!\\[", "[", "*a*", "**b**", "_c_", "`d`", "x_y_z", "1", "#", ".", "{{ x }}", "https://example.org",
)  # fmt: skip

# Whatever has a place: a problem or a reference.
OFFENDING = (
    "<b>", "[[ ]]", "[[foo:bar]]", "[[x|]]", "[a][nope]", "![](x.jpg)", "[x](#nowhere)", "[[city:a]]", "[[city:a|b c]]", "[^note]",
    "[p](media/a.pdf)", "![b](media/a.jpg)",
)  # fmt: skip

# Ways to bring a script into a page.
PAYLOADS = (
    "<script>alert(1)</script>", "<SCRIPT SRC=//x></SCRIPT>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<svg onload=alert(1)//",
    "<iframe src=javascript:alert(1)>", "<body onload=alert(1)>", "<a href=javascript:alert(1)>x</a>", "<math><mi//xlink:href=data:x>",
    "<style>@import 'x'</style>", "<link rel=stylesheet href=x>", "<meta http-equiv=refresh content=0>", "<base href=//x>", "<form action=x>",
    "<object data=x>", "<embed src=x>", "<!--<img src='--><img src=x onerror=alert(1)>'", "<![CDATA[<script>]]>", "<?xml x?><script>", "<!ENTITY x>",
    "<<script>alert(1)//<</script>", "<scr<script>ipt>", "<script\n>alert(1)</script\n>", "<img\tsrc=x\tonerror=x>", "<x onclick=alert(1)>",
    "</p><script>x</script>", "</script><script>x</script>", "<details open ontoggle=x>", "<a\nhref='javascript:x'>", "<input autofocus onfocus=x>",
    "[x](javascript:alert(1))", "[x](JAVASCRIPT:alert(1))", "[x](  javascript:alert(1))", "[x](<javascript:alert(1)>)", "[x](<java\tscript:alert(1)>)",
    "[x](&#106;avascript:alert(1))", "[x](&#x6A;avascript:x)", "[x](javascript&colon;x)", "[x](java&NewLine;script:x)", "[x](&#1;javascript:x)",
    "[x](\\javascript:x)", "[x](javas%63ript:x)", "[x](javascript\\:x)", "[x](vbscript:x)", "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](//evil.example)",
    "[x](/\\evil.example)", "[x](\\\\evil.example)", "[x](https:evil)", "[x](blob:https://x)", "[x](filesystem:x)", "[x](view-source:x)",
    "<javascript:alert(1)>", "<data:text/html,x>", "[x][y]\n\n[y]: javascript:x", "![x](javascript:x)", "![x\" onerror=\"x](y.jpg)",
    "![x](y.jpg \"z\\\" onerror=\\\"x\")", "![x](y.jpg\"onerror=\"x)", "[x](https://e.example/\"onclick=\"x)", "[x](https://e.example/ 'a\" onclick=\"x')",
    "```\" onload=\"x\ny\n```", "```<script>\n```", "## x\" onclick=\"y", "[[city:a|<script>x</script>]]", "[[city:a|\" onclick=\"x]]", "[[javascript:alert]]",
    "[[\"><script>]]", "[^\" onclick=\"x]", "[^<script>]", "`<script>`", "    <script>", "&lt;script&gt;", "&#60;script&#62;", "\\<script>",
    "[x](media/\"onclick=\"y)", "![x](\"onerror=\"y.jpg)", "[x](#\"onclick=\"y)\n## \"onclick=\"y", "[x](tel:\"onclick=\"y)", "<https://x.example/\"onclick=\"y>",
)  # fmt: skip

any_text = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from((*PAYLOADS, *PIECES, *OFFENDING)), max_size=25).map("".join),
    st.lists(st.sampled_from("[]()<>!*_`#|-:\\\n\t ^&;\"'a{}"), max_size=80).map("".join),
)
"""Texts of any letters, of any signs of Markdown, and of all the pieces above."""


def html_of(text: str) -> str:
    """The HTML of a body with its holes as they are written in cases."""
    return filled(parsed_body(text, 1, PATH).body, lambda hole: escape(f"{{{hole.kind} {hole.target}}}"))


def problems_of(text: str) -> tuple[Problem, ...]:
    return parsed_body(text, 1, PATH).problems


def rules_of(text: str) -> set[str]:
    return {p.rule for p in problems_of(text)}


def text_at(text: str, span: Span) -> str:
    """What stands at a place of a text."""
    lines = re.split(r"\r\n?|\n", text)[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    return "\n".join([lines[0][span.column - 1 :], *lines[1:]])
