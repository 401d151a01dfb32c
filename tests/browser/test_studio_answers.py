"""What the studio answers when something was sent wrong, or has to be looked at before it is taken."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import content
from tests.browser.author import Author
from tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STEP = "steps/ask-general/"
DESK = "translations/?step=ask-general"
COMPARE = "Compare it with what is here"
# Sent as it is, before the script that saves as one types can send it.
SEND = "(part, text) => { part.value = text; part.form.submit(); }"


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_that_answer_are_as_sound_as_the_others(
    language: str, begin: Callable[..., Walk], valid_html: Callable[[dict[str, str]], None]
) -> None:
    alex = Author(begin(language))
    alex.come_in()
    turns_html_into_markdown(alex)
    meets_somebody_elses_words(alex)
    meets_them_at_the_desk(alex)
    sends_what_is_no_picture(alex)
    sends_what_is_no_translation(alex)
    compares_a_translators_file(alex)
    compares_a_package(alex)
    sends_a_package_with_problems(alex)
    valid_html(alex.walk.pages)


def at(alex: Author, page: str) -> str:
    return f"/{alex.walk.language}/studio/modules/{content.MODULE}/{page}"


def send(field: Locator, text: str) -> None:
    with field.page.expect_event("load"):
        field.evaluate(SEND, text)


def send_file(alex: Author, page: str, file: bytes, button: str) -> None:
    alex.page.goto(alex.walk.site.url + at(alex, page))
    form = alex.page.locator("form").filter(has=alex.page.locator("[type=file]")).first
    form.locator("[type=file]").set_input_files({"name": "file", "mimeType": "text/plain", "buffer": file})
    alex.press(alex.words(button), form)


def fetched(alex: Author, page: str) -> bytes:
    return alex.walk.context.request.get(alex.walk.site.url + at(alex, page)).body()


def repacked(package: bytes, old: bytes, new: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as files, zipfile.ZipFile(out, "w") as target:
        for name in files.namelist():
            target.writestr(name, files.read(name).replace(old, new))
    return out.getvalue()


def body(page: Page) -> Locator:
    """Of the first block, in English."""
    return page.locator("article.part textarea").first


def words(page: Page) -> Locator:
    """Of the first text at the desk, as translated."""
    return page.locator(".desk-text [name=words]").first


def send_meanwhile(alex: Author, page: str, field: Callable[[Page], Locator], theirs: str, mine: str) -> None:
    """Somebody saves the same text in another window, before this one is sent."""
    alex.page.goto(alex.walk.site.url + at(alex, page))
    other = alex.walk.context.new_page()
    other.goto(alex.page.url)
    send(field(other), theirs)
    other.close()
    send(field(alex.page), mine)


def turns_html_into_markdown(alex: Author) -> None:
    alex.page.goto(alex.walk.site.url + at(alex, STEP))
    send(body(alex.page), "<p class=MsoNormal>Ask <b>first</b></p>")
    expect(alex.page.locator(".usa-error-message")).to_be_visible()
    alex.examine()
    alex.press(alex.words("Turn it into Markdown"))
    expect(alex.page.locator("textarea").first).to_have_value("Ask **first**")
    alex.examine()


def meets_somebody_elses_words(alex: Author) -> None:
    theirs = f"Ask first ({alex.walk.language})"
    send_meanwhile(alex, STEP, body, theirs, "Ask later")
    expect(alex.page.locator(".conflict .as-read")).to_have_text(theirs)
    expect(alex.page.locator("textarea").first).to_have_value("Ask later")
    alex.examine()


def meets_them_at_the_desk(alex: Author) -> None:
    theirs = f"Primero pregunte ({alex.walk.language})"
    send_meanwhile(alex, DESK, words, theirs, "Pregunte después")
    expect(alex.page.locator("h2 + .as-read")).to_have_text(theirs)
    expect(words(alex.page)).to_have_value("Pregunte después")
    alex.examine()


def sends_what_is_no_picture(alex: Author) -> None:
    send_file(alex, "steps/patterns/", b"no picture", "Upload")
    expect(alex.page.locator(".usa-error-message")).to_be_visible()
    alex.examine()


def sends_what_is_no_translation(alex: Author) -> None:
    send_file(alex, "translations/import/", b"no XLIFF", COMPARE)
    expect(alex.page.locator(".usa-error-message")).to_be_visible()
    alex.examine()


def compares_a_translators_file(alex: Author) -> None:
    file = fetched(alex, "translations/xliff/es/").replace(b"SOAR para la salud", b"SOAR por la salud")
    send_file(alex, "translations/import/", file, COMPARE)
    expect(alex.page.locator("ins").first).to_have_text("por")
    alex.examine()
    alex.press(alex.words("Write nothing"))


def compares_a_package(alex: Author) -> None:
    package = repacked(fetched(alex, "package/export/"), b"pass_mark: 80", b"pass_mark: 75")
    send_file(alex, "package/", package, COMPARE)
    expect(alex.page.locator("ins").first).to_have_text("75")
    alex.examine()
    alex.press(alex.words("Change nothing"))


def sends_a_package_with_problems(alex: Author) -> None:
    package = repacked(fetched(alex, "package/export/"), b"minutes: 3", b"minutes: three")
    send_file(alex, "package/", package, COMPARE)
    expect(alex.page.locator("main tbody th").first).to_contain_text("lessons/")
    alex.examine()
