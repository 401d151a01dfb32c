"""The studio from an empty database: a module is built, published, taken and corrected, with the keyboard alone."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import resolve, reverse
from django.utils.translation import override
from playwright.sync_api import expect

from courses.services.modules import OBJECTIVES
from tests.browser.author import Author
from tests.browser.learner import Learner
from tests.browser.site import Site
from tests.browser.walk import Walk
from tests.studio.test_roles import DOORS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETTINGS = {"clinic": ("Clinic", "Clínica"), "school": ("School", "Escuela")}
MODULE = ("Kind questions", "Preguntas amables")
LESSON = ("Make room to talk", "Dar lugar para hablar")
OWN_LESSON = ("At the front desk", "En la recepción")
CASE = ("A visit that ends early", "Una visita que termina pronto")
ABOUT = {
    "Summary": ("How to ask with care.", "Cómo preguntar con cuidado."),
    "Description": ("A short module on asking with care.", "Un módulo breve sobre preguntar con cuidado."),
    "Audience": ("Everyone who meets people at work.", "Todas las personas que atienden a otras."),
    "Authors": ("The training team", "El equipo de capacitación"),
    "Provider": ("Example Training Center", "Centro de Capacitación de Ejemplo"),
    "Credit": ("It carries no credit.", "No otorga créditos."),
    "Statement on the certificate": ("This is a demonstration.", "Esto es una demostración."),
}
# What answers with a file, or with a page only to what is sent wrong; the pages of a preview's forms.
NOT_PAGES = {"package-export", "xliff-export", "learners-file", "certificate-paper", "reissue-status"}
ANSWERS = {"part", "shared-part", "desk-text", "picture-upload", "file-upload", "package-import", "preview-result"}
# Looked at in the story of a certificate, which has an offer and a reissue.
ELSEWHERE = {"offer-paper", "reissue"}
PAGES = {name for name, (get, _post) in DOORS.items() if get is not None} - NOT_PAGES - ANSWERS - ELSEWHERE
BODY = (
    "Find a **quiet place** first. Say who you are, and ask whether this is a good moment.",
    "Busque primero un **lugar tranquilo**. Diga quién es y pregunte si es un buen momento.",
)
CORRECTED = "Find a **private place** first. Say who you are, and ask whether this is a good moment."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Nothing in it but help lines, and a demonstration's people."""
    content = tmp_path_factory.mktemp("nothing")
    shutil.copy(Path(settings.BASE_DIR) / "content" / "help.yaml", content)
    site = Site(tmp_path_factory.mktemp("studio"), CONTENT_DIR=str(content))
    site.start()
    yield site
    site.stop()


@pytest.mark.parametrize("language", ["en", "es"])
def test_module_is_built_published_taken_and_corrected_by_keys_alone(
    language: str,
    begin: Callable[..., Walk],
    learner: Callable[..., Learner],
    valid_html: Callable[[dict[str, str]], None],
) -> None:
    alex = Author(begin(language))
    builds_and_publishes(alex)
    somebody_takes_it(learner(language, examine=False), alex.module)
    corrects_a_paragraph(alex)
    publishes_again(alex)
    looks_around(alex)
    valid_html(alex.walk.pages)


def test_module_is_built_published_taken_and_corrected_without_javascript(
    begin: Callable[..., Walk], learner: Callable[..., Learner], valid_html: Callable[[dict[str, str]], None]
) -> None:
    plain = {"java_script_enabled": False, "examine": False}
    alex = Author(begin("es", **plain))
    builds_and_publishes(alex)
    somebody_takes_it_without_javascript(learner("es", **plain), alex.module)
    corrects_a_paragraph(alex)
    publishes_again(alex)
    valid_html(alex.walk.pages)


def builds_and_publishes(alex: Author) -> None:
    alex.come_in()
    makes_settings(alex)
    makes_module(alex)
    describes_it(alex)
    writes_lessons(alex)
    says_who_sees_what(alex)
    writes_case(alex)
    writes_questions(alex)
    publishes(alex)


def makes_settings(alex: Author) -> None:
    words = alex.words
    alex.area("Professional settings")
    for english, spanish in SETTINGS.values():
        if alex.page.locator("summary").filter(has_text={"en": english, "es": spanish}[words.language]).count():
            continue  # made by the one who came before, in the other language
        adding = alex.page.locator("details.fold").last
        alex.unfold(words("Add a professional setting"), adding)
        alex.write_both("Name", english, spanish, adding)
        alex.press(words("Add a professional setting"), adding)
        alex.unfold({"en": english, "es": spanish}[words.language])
        alex.write_both("Places", f"{english} places", f"Lugares: {spanish}", alex.here)
        alex.save(alex.here)
    alex.show()


def makes_module(alex: Author) -> None:
    words = alex.words
    alex.area("Modules")
    alex.follow(words("New module"))
    alex.show()
    alex.write(words("Title in English"), MODULE[0])
    alex.write(words("Title in Spanish"), MODULE[1])
    for names in SETTINGS.values():
        alex.tick(names[words.language == "es"])
    alex.press(words("Create the module"))


def describes_it(alex: Author) -> None:
    words = alex.words
    alex.tab("Details")
    about = alex.page.locator("section.part").first
    for text, (english, spanish) in ABOUT.items():
        alex.write_both(text, english, spanish, about)
    alex.save(about)
    for key in ("observe", "ask", "respond"):  # the one that is left is enough for a short module
        title = OBJECTIVES[key][words.language == "es"]
        alex.unfold(title)
        alex.press(re.compile(rf"{words('Archive')}\s*: {title}"))
    alex.show()


def adds_step(alex: Author, kind: str, titles: tuple[str, str]) -> None:
    """Leads to the page of the new step."""
    words = alex.words
    alex.tab("Outline")
    section = alex.page.locator("section.outline-section").nth(1)
    alex.unfold(words("Add a step to “%(title)s”") % {"title": section.locator("h2").inner_text()}, section)
    alex.pick(words("Kind of step"), words(kind), section)
    alex.write(words("Title in English"), titles[0], section)
    alex.write(words("Title in Spanish"), titles[1], section)
    alex.press(words("Add the step"), section)
    if kind == "Lesson":
        alex.show("outline", alex.page.locator("section.outline-section").first)
    alex.follow(titles[words.language == "es"], alex.here)


def adds_block(alex: Author, kind: str) -> None:
    words = alex.words
    alex.page.wait_for_load_state()
    adding = alex.page.locator("[data-render-url] > details").last
    alex.unfold(words("Add a block"), adding)
    alex.press(words(kind, "kind of block"), adding)


def writes_lessons(alex: Author) -> None:
    words = alex.words
    for titles in (LESSON, OWN_LESSON):
        adds_step(alex, "Lesson", titles)
        about = alex.page.locator("section.part").first
        alex.write_both("Summary", "- Ask first.", "- Pregunte primero.", about)
        alex.save(about)
        adds_block(alex, "Text")
        alex.write_both("Heading", "Before you ask", "Antes de preguntar", alex.here)
        alex.write_both("Body", *BODY, alex.here)
        alex.save(alex.here)
    adds_block(alex, "Check")
    question = alex.here.locator("article.part--inner").first
    alex.write_both("Question", "What comes first?", "¿Qué va primero?", question)
    alex.save(question)
    answers = [("A quiet place", "Un lugar tranquilo"), ("A form to sign", "Un papel para firmar")]
    for place, answer in enumerate(answers):
        check = alex.page.locator("article.part:not(.part--inner)").last
        alex.unfold(words("Add an answer"), check)
        alex.press(words("Add an answer"), check)
        alex.write_both("Text", *answer, alex.here)
        alex.write_both("Feedback", "Thank you for thinking about it.", "Gracias por pensarlo.", alex.here)
        if place == 0:
            alex.tick(words("Right"), alex.here)
        alex.save(alex.here)
    alex.show("lesson", alex.page.locator("article.part").first)


def says_who_sees_what(alex: Author) -> None:
    words = alex.words
    alex.tab("Outline")
    spanish = words.language == "es"
    alex.tick(f"“{OWN_LESSON[spanish]}”: {SETTINGS['clinic'][spanish]}")
    alex.press(words("Save who sees what"))
    alex.show("matrix", alex.page.locator("#matrix"))
    alex.tab("Branch map")
    alex.show("map", alex.page.locator("svg").first)


def writes_case(alex: Author) -> None:
    words = alex.words
    adds_step(alex, "Practice case", CASE)
    about = alex.page.locator("section.part").first
    alex.write_both("Summary", "- Offer another visit.", "- Ofrezca otra visita.", about)
    alex.save(about)
    nodes = [("She looks at the door.", "Ella mira la puerta."), ("She will come back.", "Ella va a volver.")]
    for node in nodes:
        adding = alex.page.locator("[data-render-url] > details").last
        alex.unfold(words("Add a scene"), adding)
        alex.press(words("Add a scene"), adding)
        alex.write_both("Body", *node, alex.here)
        if node is nodes[1]:
            alex.pick(words("Ending"), words("A strong ending"), alex.here)
        alex.save(alex.here)
    first = alex.page.locator("article.part").first
    alex.unfold(words("Add a choice"), first)
    alex.pick(words("Leads to"), nodes[1][words.language == "es"], first.locator("form.add-form"))
    alex.press(words("Add a choice"), first)
    alex.write_both("Text", "Offer another time.", "Ofrecer otro momento.", alex.here)
    alex.write_both("Feedback", "She nods.", "Ella asiente.", alex.here)
    alex.save(alex.here)
    about = alex.page.locator("section.part").first
    alex.pick(words("First scene"), nodes[0][words.language == "es"], about)
    alex.save(about)
    alex.show("case", alex.page.locator("article.part").first)


def writes_questions(alex: Author) -> None:
    words = alex.words
    for form, stem in (("A", ("What helps?", "¿Qué ayuda?")), ("B", ("What makes it easier?", "¿Qué lo facilita?"))):
        alex.tab("Questions")
        alex.follow(words("Add a question"))
        alex.pick(words("Form"), form)
        alex.write_both("Question", *stem)
        for number, answer in enumerate([("Time", "Tiempo"), ("Haste", "Prisa"), ("Noise", "Ruido")], start=1):
            alex.write(words("Answer %(number)d (English)") % {"number": number}, answer[0])
            alex.write(words("Answer %(number)d (Spanish)") % {"number": number}, answer[1])
        alex.tick("1", alex.page.get_by_role("group", name=words("The right answer")))
        alex.press(words("Add the question"))
        alex.write_both("Explanation", "Time shows respect.", "El tiempo muestra respeto.")
        alex.save(alex.page.locator("form.part-form").first)
    alex.tab("Questions")
    alex.show("questions")


def publishes(alex: Author) -> None:
    words = alex.words
    alex.tab("Review and publish")
    alex.show()
    alex.press(words("Publish a new edition"))


def somebody_takes_it(ana: Learner, module: str) -> None:
    """As far as the certificate."""
    completes_it(ana, module)
    ready = ana.page.get_by_role("heading", level=1, name=ana.walk.words("Your certificate is ready"))
    expect(ready).to_be_visible(timeout=30_000)


def somebody_takes_it_without_javascript(ana: Learner, module: str) -> None:
    """Where the page does not look by itself whether the certificate is drawn."""
    completes_it(ana, module)
    again = ana.walk.words("Check again")
    for _look in range(60):
        if ana.page.get_by_role("link", name=again).count() == 0:
            break
        ana.page.wait_for_timeout(500)
        ana.walk.follow(again)
    ana.heading(ana.walk.words("Your certificate is ready"))


def completes_it(ana: Learner, module: str) -> None:
    """On the path of the clinic."""
    words, spanish = ana.walk.words, ana.language == "es"
    ana.choose_language()
    ana.walk.follow(MODULE[spanish], ana.page.locator(f"h2:has([href$='/modules/{module}/'])"))
    ana.walk.follow(words("Choose your professional setting"))
    ana.walk.choose(SETTINGS["clinic"][spanish])
    ana.walk.press(words("See my path"))
    ana.sign_in()
    ana.walk.press(words("See my path"))
    ana.walk.follow(words("Begin"))
    takes_test(ana, "First test", "Prueba inicial")
    for titles in (LESSON, OWN_LESSON):
        ana.heading(titles[spanish])
        ana.finish_lesson()
    ana.decide({"en": "Offer another time.", "es": "Ofrecer otro momento."}[ana.language])
    ana.go_on()
    takes_test(ana, "Final test", "Prueba final")
    ana.walk.press(words("Send my answers"))
    ana.heading(words("Which name shall we print?"))
    ana.page.get_by_label(words("Name on your certificate")).fill("Ana Gil")
    ana.walk.press(words("Issue my certificate"))


def takes_test(ana: Learner, english: str, spanish: str) -> None:
    ana.heading(english if ana.language == "en" else spanish)
    ana.start_test()
    for group in ana.questions():
        ana.walk.choose({"en": "Time", "es": "Tiempo"}[ana.language], group)
    ana.finish_test()
    ana.go_on()


def corrects_a_paragraph(alex: Author) -> None:
    """The desk then shows that one text as stale, and no other."""
    words = alex.words
    alex.tab("Outline")
    alex.follow(LESSON[words.language == "es"])
    block = alex.page.locator("article.part").first
    alex.write(words("Body") + f" ({words('English', 'in brackets')})", CORRECTED, block)
    alex.save(block)
    alex.tab("Translations")
    stale = alex.page.get_by_role("link", name=f"{words('Spanish')}: {words('Stale', 'state of a translation')}")
    expect(stale).to_have_text(re.compile(r"^1\b"))
    alex.follow(f"{words('Spanish')}: {words('Stale', 'state of a translation')}")
    expect(alex.page.locator(".desk-text")).to_have_count(1)
    expect(alex.page.locator(".desk-text ins")).to_have_text("private")
    alex.show("stale", alex.page.locator(".desk-text"))
    alex.tab("Review and publish")
    alex.show("not-ready")


def publishes_again(alex: Author) -> None:
    """Now that the Spanish says the same."""
    words = alex.words
    alex.tab("Translations")
    alex.follow(f"{words('Spanish')}: {words('Stale', 'state of a translation')}")
    text = alex.page.locator(".desk-text")
    alex.write(words("Spanish"), BODY[1].replace("tranquilo", "privado"), text)
    alex.save(text)
    alex.tab("Review and publish")
    alex.press(words("Publish a new edition"))
    title = words("Edition %(edition)s") % {"edition": 2}
    expect(alex.page.get_by_role("heading", level=1, name=title)).to_be_visible()
    alex.show()


def looks_around(alex: Author) -> None:
    """Every page of the studio once, found by its links."""
    seen: set[str] = set()
    with override(alex.walk.language):
        waiting = [reverse("studio:home"), reverse("studio:preview-certificate", args=["kind-questions"])]
        for address in waiting:
            name = resolve(urlsplit(address).path).url_name
            if name not in seen | NOT_PAGES:
                seen.add(name)
                waiting += alex.visit(address)
    assert PAGES - seen == set()
