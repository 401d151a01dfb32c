"""Authors' Markdown to the few elements a page may hold. Pure."""

import nh3
from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark", {"html": False}).disable(["heading", "lheading", "image", "hr", "code", "fence"])
_TAGS = {"p", "strong", "em", "ul", "ol", "li", "a", "blockquote", "br", "code"}


def render(markdown: str) -> str:
    """Sanitised HTML: no raw HTML, headings, pictures or scripts survive; links are https only."""
    return nh3.clean(
        _PARSER.render(markdown),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"https", "tel"},
        link_rel="noopener noreferrer",
    ).strip()


def render_citation(text: str) -> str:
    """A citation on one line; between asterisks stands a title as published, which is in English on every page."""
    html = nh3.clean(_PARSER.renderInline(text), tags={"em"})
    return html.replace("<em>", '<cite lang="en">').replace("</em>", "</cite>")
