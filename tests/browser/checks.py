"""What a machine can say about a page: accessibility, width, language, valid HTML. Each returns what is amiss."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.site import ROOT

NODE_MODULES = ROOT / "frontend" / "node_modules"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Everyday words that the other language does not have; names and quotations in it carry their own lang.
FOREIGN = {
    "en": r"\b(usted|para|que|una|por|del|las|está|más|con|su)\b",
    "es": r"\b(the|and|your|you|with|this|of|to|is|are|from|what)\b",
}

RUN_AXE = """async (tags) => {
    const { violations } = await axe.run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}"""
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((part) => part.getBoundingClientRect().right > width);
    return wide.slice(0, 5).map((part) => `wider than ${width} px: ${part.outerHTML.slice(0, 120)}`);
}"""
WORDS = """(language) => {
    const CITED = ".sources, [aria-labelledby=sources-title], fieldset:has([name$=sources])";
    const texts = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const { parentElement, textContent } = walker.currentNode;
        // Works are cited by the titles they were published under; files have one name.
        const isCited = parentElement.closest(CITED);
        if (!isCited && parentElement.closest("[lang], code").lang === language) texts.push(textContent.trim());
    }
    for (const part of document.querySelectorAll("[aria-label], [alt], [placeholder], [title]"))
        if (part.closest("[lang]").lang === language)
            texts.push(part.ariaLabel ?? "", part.alt ?? "", part.placeholder ?? "", part.title ?? "");
    return texts;
}"""


def barriers(page: Page, *, width: int = 1280) -> list[str]:
    # What lies under the bar at the bottom of a smaller screen is one turn of the wheel away.
    with whole_page(page, width=width):
        page.evaluate(_axe())
        return page.evaluate(RUN_AXE, RULES)


@cache
def _axe() -> str:
    return (NODE_MODULES / "axe-core" / "axe.min.js").read_text()


def too_wide(page: Page) -> list[str]:
    with screen(page, width=320, height=640):
        return page.evaluate(TOO_WIDE)


@contextmanager
def whole_page(page: Page, *, width: int) -> Iterator[None]:
    """On a screen as tall as the page."""
    with screen(page, width=width, height=900):
        page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
        yield


@contextmanager
def screen(page: Page, *, width: int, height: int) -> Iterator[None]:
    size = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    yield
    page.set_viewport_size(size)


def foreign_words(page: Page, language: str) -> list[str]:
    here = page.locator("html").get_attribute("lang")
    if here != language:
        return [f"lang is {here}, not {language}"]
    foreign = re.compile(FOREIGN[language], re.IGNORECASE)
    return [f"other language: {text[:120]}" for text in page.evaluate(WORDS, language) if foreign.search(text)]


def invalid_html(pages: dict[str, str], folder: Path) -> list[str]:
    """One start of the Nu checker for all pages, each given by address; errors and warnings."""
    names = {}
    for number, (address, html) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(html)
        names[f"file:{file}"] = address
    command = ["java", "-jar", NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar", "--format", "json", "--stdout"]
    report = subprocess.run([*command, *folder.glob("*.html")], capture_output=True, text=True, check=False)
    notes = json.loads(report.stdout)["messages"]
    return sorted(
        f"{names[note['url']]}: {note['message']} {note.get('extract', '')!r}" for note in notes if _counts(note)
    )


def _counts(note: dict) -> bool:
    """All but remarks on style. A list without bullets needs its role for VoiceOver, whatever the checker thinks."""
    is_remark = note["type"] == "info" and note.get("subType") != "warning"
    return not is_remark and "The “list” role is unnecessary for element “ol”" not in note["message"]
