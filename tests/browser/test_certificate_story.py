"""The life of a certificate: its credit is offered, earned, corrected, handed in and revoked, and its holder leaves."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import content
from tests.browser.author import Author
from tests.browser.learner import Learner
from tests.browser.site import Site
from tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# One offer a language: the second story finds the first one's in the draft.
OFFERS = {
    "en": ("Front-line hours", "Horas de primera línea"),
    "es": ("Hours of practice", "Horas de práctica"),
}
WORDS = {
    "Provider": ("Example Training Center", "Centro de Capacitación de Ejemplo"),
    "Statement on the certificate": (
        "Demonstration: {provider} approves {credit} of nothing real.",
        "Demostración: {provider} aprueba {credit} de nada real.",
    ),
    "Format": ("Online, self-paced", "En línea, a su propio ritmo"),
    "Role of who signs": ("Head of training", "Responsable de capacitación"),
}
PLAIN = {"Address of the provider": "1 Example Street, Anytown, XX 00000", "Signed by": "Begoña Peña"}
MISSPELT, NAME = "María José Nuñes Ibañez", "María José Núñez Ibáñez"
SUPPORT = "Sam Okafor, support"
ANSWER = {"en": "Thank you, it is corrected.", "es": "Gracias, ya está corregido."}
NOTE = {"en": "Somebody else sat the test.", "es": "Otra persona hizo la prueba."}
REASON = "RSA → P-256"
LICENSE = "RN 884213"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A module of its own to write offers for."""
    site = Site(tmp_path_factory.mktemp("certificates"))
    site.start()
    yield site
    site.stop()


@pytest.mark.parametrize("language", ["en", "es"], ids=["in_english", "in_spanish"])
def test_certificate_through_its_life(
    language: str,
    site: Site,
    begin: Callable[..., Walk],
    learner: Callable[..., Learner],
    valid_html: Callable[[dict[str, str]], None],
) -> None:
    alex, ana, sam, third = Author(begin(language)), learner(language), Author(begin(language)), begin(language)
    writes_an_offer(alex)
    sees_its_paper(alex)
    publishes(alex)
    is_told_before_starting(ana)
    first = earns_it(ana)
    asks_for_a_correction(ana)
    approves_it(sam, first)
    reads_that_it_was_replaced(third, first)
    second = opens_the_corrected_one(ana, first)
    reads_that_it_is_valid(third, second)
    opens_its_papers(ana)
    checks_a_file(third, ana)
    prints_it_and_keeps_its_last_day(ana)
    hands_in_a_transcript(ana, [first, second])
    reissues_the_papers(alex)
    revokes_it(alex, second)
    reads_that_it_was_revoked(third, second)
    holder_reads_it_too(ana, second)
    closes_the_account(ana)
    reads_that_it_was_revoked(third, second)
    valid_html(alex.walk.pages | ana.walk.pages | sam.walk.pages | third.pages)


def offer(language: str) -> str:
    return OFFERS[language][language == "es"]


# The author


def writes_an_offer(alex: Author) -> None:
    words = alex.words
    alex.come_in()
    alex.follow(content.module(words.language))
    alex.tab("Details")
    adding = alex.page.locator("#offers > details.fold").first
    alex.unfold(words("Add a credit offer"), adding)
    alex.write_both("Name", *OFFERS[words.language], adding)
    alex.press(words("Add a credit offer"), adding)
    alex.unfold(offer(words.language))
    alex.write(words("Amount"), "1.25", alex.here)
    alex.unfold(words("Professions"), alex.here)
    alex.tick(re.compile(rf"^{words('Nurse')}$"), alex.here)
    alex.write(words("Valid for, in months"), "24", alex.here)
    for text, (english, spanish) in WORDS.items():
        alex.write_both(text, english, spanish, alex.here)
    for column, text in PLAIN.items():
        alex.write(words(column), text, alex.here)
    alex.tick(words("License number and state"), alex.here)
    alex.save(alex.here)
    alex.unfold(offer(words.language))
    alex.examine()


def sees_its_paper(alex: Author) -> None:
    words, spanish = alex.words, alex.walk.language == "es"
    alex.follow(re.compile(re.escape(words("See the paper"))), alex.here)
    sheet = alex.page.locator(".sheet")
    expect(sheet).to_contain_text(WORDS["Provider"][spanish])
    assert "{" not in sheet.inner_text()
    alex.examine()
    alex.follow(words("English and Spanish"))
    for provider in WORDS["Provider"]:
        expect(sheet).to_contain_text(provider)
    alex.examine()


def publishes(alex: Author) -> None:
    words = alex.words
    alex.tab("Review and publish")
    alex.press(words("Publish a new edition"))
    expect(alex.page.get_by_role("heading", level=1)).to_contain_text(words("Edition %(edition)s", edition="").strip())
    alex.examine()


def reissues_the_papers(alex: Author) -> None:
    """With the same codes, as after a change of the signing key."""
    words = alex.words
    alex.area("Modules")
    alex.follow(content.module(words.language))
    alex.tab("Reissue", "certificates")
    alex.examine()
    alex.tick(words("Draw the papers again, with the same codes", "reissue"))
    alex.write(words("Reason"), REASON)
    alex.press(words("Show how many it would be"))
    alex.examine()
    alex.press(words("Draw these papers again"))
    finished = alex.page.get_by_role("heading", level=2, name=words("It is finished"))
    expect(finished).to_be_visible(timeout=60_000)
    alex.examine()


def revokes_it(alex: Author, code: str) -> None:
    words = alex.words
    opens_in_the_studio(alex, code)
    alex.follow(words("Revoke this certificate"))
    alex.examine()
    alex.press(words("Revoke this certificate for good"))
    expect(alex.page.get_by_role("alert")).to_contain_text(words("Choose the reason that everybody may read."))
    alex.examine()
    alex.tick(words("It was issued by mistake.", "reason for revoking"))
    alex.write(words("Private note"), NOTE[words.language])
    alex.tick(words("I know that this cannot be taken back"))
    alex.press(words("Revoke this certificate for good"))
    expect(alex.page.locator("main")).to_contain_text(NOTE[words.language])
    alex.examine()


def opens_in_the_studio(alex: Author, code: str) -> None:
    words = alex.words
    alex.area("Certificates")
    alex.write(words("Certificate code, printed name or e-mail address"), code)
    alex.press(words("Find"))
    alex.examine()
    alex.follow(code)
    alex.examine()


# Support


def approves_it(sam: Author, code: str) -> None:
    words = sam.words
    sam.come_in(SUPPORT)
    sam.area("Corrections")
    request = sam.page.get_by_role("region").filter(has_text=code)
    expect(request.locator("ins").first).to_be_visible()
    sam.examine()
    sam.write(words("Answer to the learner"), ANSWER[words.language], request)
    sam.press(words("Approve and issue the corrected certificate"), request)
    sam.examine()


# The learner


def is_told_before_starting(ana: Learner) -> None:
    """What it is worth, for whom and what it asks, before anybody signs in."""
    words = ana.walk.words
    ana.choose_language()
    ana.choose_module()
    told = ana.page.get_by_role("region", name=offer(ana.language))
    for said in (words("Nurse"), words("your license number and state"), WORDS["Provider"][ana.language == "es"]):
        expect(told).to_contain_text(said)


def earns_it(ana: Learner) -> str:
    words = ana.walk.words
    with ana.walk.in_a_hurry():
        ana.choose_setting("general")
        ana.sign_in()
        ana.walk.press(words("See my path"))
        ana.fill_in_profile(MISSPELT)
        ana.training()
        ana.walk.follow(words("Begin"))
        ana.complete("general")
    ana.walk.look()
    ana.choose_certificate(offer(ana.language))
    ana.page.get_by_label(words("License number")).fill(LICENSE)
    ana.walk.press(words("Issue my certificate"))
    return is_drawn(ana)


def is_drawn(ana: Learner) -> str:
    ready = ana.walk.words("Your certificate is ready")
    expect(ana.page.get_by_role("heading", level=1)).to_have_text(ready, timeout=30_000)
    ana.walk.look()
    return ana.certificate_code()


def asks_for_a_correction(ana: Learner) -> None:
    words = ana.walk.words
    ana.walk.follow(words("Ask for a correction"))
    ana.page.get_by_label(words("Your name, as it should stand")).fill(NAME)
    ana.page.get_by_label(words("What is wrong, and how it happened")).fill("Núñez, Ibáñez")
    ana.walk.press(words("Send my request"))
    ana.says(words("Waiting for a decision", "correction"))


def opens_the_corrected_one(ana: Learner, first: str) -> str:
    words = ana.walk.words
    ana.training()
    ana.walk.follow(words("Open the certificate"), ana.page.get_by_role("region", name=words("Your certificates")))
    second = is_drawn(ana)
    expect(ana.page.get_by_role("definition").first).to_have_text(NAME)
    ana.walk.follow(first)
    ana.says(words("This certificate was replaced"))
    ana.says(ANSWER[ana.language])
    ana.walk.follow(words("Open the certificate that took its place"))
    assert (second != first, ana.certificate_code()) == (True, second)
    return second


def opens_its_papers(ana: Learner) -> None:
    ana.open_paper({"en": "English", "es": "Spanish"}[ana.language])
    ana.draw_paper("English and Spanish")
    ana.open_paper("English and Spanish")


def prints_it_and_keeps_its_last_day(ana: Learner) -> None:
    words = ana.walk.words
    both = words("English and Spanish")
    ana.walk.follow(words("Print view: %(language)s", language=both))
    expect(ana.page.locator(".sheet")).to_contain_text(NAME)
    for provider in WORDS["Provider"]:
        expect(ana.page.locator(".sheet")).to_contain_text(provider)
    ana.walk.follow(words("Back to the certificate"))
    calendar = ana.fetch(words("Add the last day to my calendar"))
    assert (calendar.status, calendar.headers["content-type"].split(";")[0]) == (200, "text/calendar")
    assert (calendar.text().count("BEGIN:VEVENT"), NAME in calendar.text()) == (1, False)


def hands_in_a_transcript(ana: Learner, codes: list[str]) -> None:
    words = ana.walk.words
    ana.training()
    ana.walk.follow(words("Everything you have earned, on one list"))
    for code in codes:
        expect(ana.page.get_by_role("link", name=code)).to_be_visible()
    table = ana.fetch(words("Save it for spreadsheets (CSV)"))
    assert (table.status, [code in table.text() for code in codes]) == (200, [True, True])
    ana.walk.press(words("Make the PDF"))
    ready = words("Your transcript is ready")
    expect(ana.page.get_by_role("heading", level=1)).to_have_text(ready, timeout=30_000)
    ana.walk.look()
    paper = ana.fetch(words("Open the PDF"))
    assert (paper.status, paper.headers["content-type"], paper.body()[:5]) == (200, "application/pdf", b"%PDF-")


def holder_reads_it_too(ana: Learner, code: str) -> None:
    words = ana.walk.words
    ana.training()
    ana.walk.follow(words("Everything you have earned, on one list"))
    ana.walk.follow(code)
    ana.says(words("This certificate was revoked"))
    assert NOTE[ana.language] not in ana.page.content()


def closes_the_account(ana: Learner) -> None:
    words = ana.walk.words
    with ana.page.expect_event("load"):
        ana.page.get_by_role("contentinfo").get_by_role("link", name=words("Your profile")).click()
    ana.walk.look()
    ana.walk.follow(words("Close your account"))
    ana.walk.press(words("Close my account for good"))
    expect(ana.page.get_by_role("alert")).to_be_visible()
    ana.page.get_by_role("main").get_by_role("textbox").fill(ana.email)
    ana.walk.press(words("Close my account for good"))
    ana.says(words("Your account is closed. Whoever has the code of a certificate can still verify it."))


# Whoever holds the paper


def verifies(third: Walk, code: str, heading: str) -> None:
    words = third.words
    third.open(f"/{third.language}/verify/")
    third.page.get_by_label(words("Verification code", "certificate")).fill(code)
    third.press(words("Verify", "certificate"))
    expect(third.page.get_by_role("heading", level=2).first).to_have_text(words(heading))
    assert ("@" in told(third), LICENSE in told(third)) == (False, False)


def told(third: Walk) -> str:
    return third.page.locator("main").inner_text()


def reads_that_it_was_replaced(third: Walk, code: str) -> None:
    verifies(third, code, "This certificate was replaced")
    expect(third.page.locator(".verdict")).to_contain_text(re.compile(r"\b20\d\d\b"))


def reads_that_it_is_valid(third: Walk, code: str) -> None:
    verifies(third, code, "This certificate is valid")
    expect(third.page.get_by_role("definition").first).to_have_text(NAME)


def reads_that_it_was_revoked(third: Walk, code: str) -> None:
    """With the public reason, never the note."""
    verifies(third, code, "This certificate was revoked")
    reason = third.words("It was issued by mistake.", "reason for revoking")
    assert (reason in told(third), NOTE[third.language] in third.page.content()) == (True, False)


def checks_a_file(third: Walk, ana: Learner) -> None:
    words = third.words
    paper = ana.fetch(ana.paper("English and Spanish")).body()
    for file, answer in (
        (paper, "This file is exactly as we issued it"),
        (paper[:-9], "We issued no file exactly like this one"),
    ):
        third.open(f"/{third.language}/verify/")
        third.follow(words("Compare a file with the one we issued"))
        chosen = {"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": file}
        third.page.locator("[type=file]").set_input_files(chosen)
        third.press(words("Check the file"))
        expect(third.page.get_by_role("heading", level=1)).to_have_text(words(answer))
