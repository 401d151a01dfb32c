"""An offer is written beside its paper, which follows each save while the writer's focus stays where it is."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import content
from tests.browser.author import FOCUSED, Author
from tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAMES = {"en": ("Hours for clinics", "Horas para clínicas"), "es": ("Hours for schools", "Horas para escuelas")}
WORDS = {
    "Provider": ("Example Training Center", "Centro de Capacitación de Ejemplo"),
    "Format": ("Online, self-paced", "En línea, a su propio ritmo"),
    "Statement on the certificate": ("It is approved.", "Está aprobado."),
}
STATEMENT = {"en": "{provider} approves {credit}.", "es": "{provider} aprueba {credit}."}
SAID = {
    "en": "Example Training Center approves 1.25 contact hours.",
    "es": "Centro de Capacitación de Ejemplo aprueba 1.25 horas de contacto.",
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_paper_follows_what_is_typed(
    language: str, begin: Callable[..., Walk], valid_html: Callable[[dict[str, str]], None]
) -> None:
    alex = Author(begin(language))
    adds_an_offer(alex)
    is_told_what_is_missing(alex)
    fills_it_in(alex)
    types_the_statement(alex)
    reads_the_variables_while_it_is_saved(alex)
    finds_the_form_folded_on_a_phone(alex)
    valid_html(alex.walk.pages)


def paper(alex: Author) -> Locator:
    return alex.page.locator(".sheet")


def statement(alex: Author) -> Locator:
    return alex.page.locator(f"[name$=-statement_{alex.walk.language}]")


def adds_an_offer(alex: Author) -> None:
    words = alex.words
    alex.come_in()
    alex.follow(content.module(words.language))
    alex.tab("Details")
    adding = alex.page.locator("#offers > details.fold").first
    alex.unfold(words("Add a credit offer"), adding)
    alex.write_both("Name", *NAMES[words.language], adding)
    alex.press(words("Add a credit offer"), adding)
    alex.unfold(NAMES[words.language][words.language == "es"])
    alex.follow(re.compile(re.escape(words("See the paper"))), alex.here)


def is_told_what_is_missing(alex: Author) -> None:
    missing = alex.page.locator("#offer-paper").get_by_role("listitem")
    expect(missing.filter(has_text=alex.words("Amount"))).to_have_count(1)
    expect(paper(alex)).to_have_count(0)
    alex.examine()


def fills_it_in(alex: Author) -> None:
    """With nothing pressed: the page saves, and draws the paper once nothing is missing."""
    alex.write(alex.words("Amount"), "1.25")
    for text, both in WORDS.items():
        alex.write_both(text, *both)
    expect(paper(alex)).to_contain_text(WORDS["Statement on the certificate"][alex.walk.language == "es"])
    expect(alex.page.locator("#offer-variables tbody tr").first).to_contain_text("{name}")


def types_the_statement(alex: Author) -> None:
    language, field = alex.walk.language, statement(alex)
    alex.reach(field)
    place = alex.page.evaluate("scrollY")
    alex.page.keyboard.press("Control+A")
    alex.page.keyboard.type(STATEMENT[language])
    expect(paper(alex)).to_contain_text(SAID[language])
    assert (field.evaluate(FOCUSED), alex.page.evaluate("scrollY")) == (True, place)
    expect(field).to_have_value(STATEMENT[language])
    assert field.evaluate("field => field.selectionStart") == len(STATEMENT[language])
    alex.examine()


def reads_the_variables_while_it_is_saved(alex: Author) -> None:
    """What has the focus stays as it is until it is left."""
    table, other = alex.page.locator("#offer-variables .table-frame"), "Somebody else"
    alex.page.locator(f"[name$=-provider_{alex.walk.language}]").fill(other)
    table.focus()
    expect(paper(alex)).to_contain_text(other)
    assert table.evaluate(FOCUSED)
    expect(table).not_to_contain_text(other)
    statement(alex).focus()
    expect(table).to_contain_text(other)


def finds_the_form_folded_on_a_phone(alex: Author) -> None:
    alex.page.set_viewport_size({"width": 320, "height": 640})
    expect(statement(alex)).to_be_hidden()
    alex.unfold(alex.words("Write this offer"))
    expect(statement(alex)).to_be_visible()
    alex.examine()
