"""Whatever a file of a translator, a package or an upload holds or is called: its pages show it as words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from lxml import etree

from courses.choices import BlockKind
from courses.exchange.xliff import write as xliff
from courses.models import Block, Module, Step
from courses.services.exchange import job_of
from tests.courses import factories as drafts
from tests.courses.packages import package, zipped
from tests.courses.pictures import pdf, picture
from tests.security.authoring.page import dangers, page_of
from tests.security.authoring.words import PAYLOADS, hostile, mark_of
from tests.security.conftest import signed_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
M = "/en/studio/modules/basics/"
MARK = mark_of(850, "es")
EVERYTHING = f"{MARK} {''.join(PAYLOADS)}"
NAMES = {
    "double quote": '"><img src=x onerror=alert(1) evil>',
    "single quote": "' onmouseover=alert(1) evil='",
    "element": "<script evil>alert(1)<",
    "template": '{{ "evalu"|add:"ated" }}',
}


@pytest.fixture
def browser(clean, admin) -> Client:
    """Somebody who may do everything, on a draft without any harm yet."""
    return signed_in(admin)


def sent(browser: Client, address: str, data: bytes, name: str = "file.zip", **fields: str) -> HttpResponse:
    field = "upload" if "parts/" in address else "file"
    return browser.post(address, {field: SimpleUploadedFile(name, data), **fields}, follow=True)


def amiss(response: HttpResponse, status: int = 200) -> tuple[int, bool, list]:
    """As it should be: (status, a mark is shown, nothing amiss)."""
    return response.status_code, bool(page_of(response).marks), dangers(response)


def of_a_translator(module: Module, change: Callable[[etree._Element, int], None]) -> bytes:
    root = etree.fromstring(xliff(job_of(module, "es")))
    for number, unit in enumerate(root.iter("{*}trans-unit"), start=850):
        change(unit, number)
    return etree.tostring(root)


def _say(unit: etree._Element, number: int, words: str) -> None:
    target = unit.find("{*}target")
    for child in list(target):
        target.remove(child)
    target.text = words
    note = etree.SubElement(unit, f"{{{unit.nsmap[None]}}}note")
    note.text = hostile(number, "es")


def test_words_and_notes_of_a_translator_are_compared_and_taken_as_words(clean, browser):
    file = of_a_translator(clean, lambda unit, number: _say(unit, number, hostile(number, "es", 110)))
    compared = sent(browser, f"{M}translations/import/", file)
    token = compared.context["token"]
    taken = browser.post(f"{M}translations/import/", {"accept": token}, follow=True)
    assert (amiss(compared), amiss(taken)) == ((200, True, []), (200, True, []))


@pytest.mark.parametrize(
    "element, name",
    [("trans-unit", "id"), ("file", "original"), ("file", "source-language"), ("file", "target-language")],
)
def test_names_in_a_file_of_a_translator_are_words(element, name, clean, browser):
    """Texts that are not ours, another module, another language."""
    root = etree.fromstring(xliff(job_of(clean, "es")))
    root.find(f".//{{*}}{element}").set(name, EVERYTHING)
    answer = sent(browser, f"{M}translations/import/", etree.tostring(root))
    assert (answer.status_code in (200, 422), dangers(answer)) == (True, [])


def hostile_files() -> drafts.Files:
    """The tiny module with hostile words for every one of its texts."""
    files = drafts.content()
    numbers = iter(range(850, 2000))

    def spoilt(value: Any) -> Any:
        if isinstance(value, dict) and set(value) == {"en", "es"} and not str(value["en"]).startswith("figures/"):
            number = next(numbers)
            return {locale: hostile(number, locale, 80) for locale in value}
        if isinstance(value, dict):
            return {key: spoilt(each) for key, each in value.items()}
        return [spoilt(each) for each in value] if isinstance(value, list) else value

    return {name: spoilt(value) for name, value in files.items() if name != "settings.yaml"}


def test_words_of_a_package_are_compared_and_taken_as_words(clean, browser, tmp_path):
    compared = sent(browser, f"{M}package/import/", package(tmp_path / "sent", hostile_files()))
    accepted = {"accept": compared.context["token"], "base": compared.context["base"]}
    taken = browser.post(f"{M}package/import/", accepted, follow=True)
    assert (amiss(compared), amiss(taken)) == ((200, True, []), (200, True, []))


def test_words_of_a_new_module_in_a_package_are_words(clean, browser, tmp_path):
    files = {name.replace("basics/", "other/"): value for name, value in hostile_files().items()}
    files["other/module.yaml"]["key"] = "other"
    compared = sent(browser, "/en/studio/packages/", package(tmp_path / "sent", files, "other"))
    accepted = {"accept": compared.context["token"], "base": compared.context["base"]}
    taken = browser.post("/en/studio/packages/", accepted, follow=True)
    assert (amiss(compared), amiss(taken)) == ((200, True, []), (200, True, []))


SPOILT = {
    "a field": lambda files, words: files["basics/module.yaml"].update({words: "x"}),
    "a key": lambda files, words: files["basics/module.yaml"].update(key=words),
    "a setting": lambda files, words: files["basics/module.yaml"].update(settings=[words]),
    "a kind": lambda files, words: files["basics/lessons/shared.yaml"]["blocks"][0].update(kind=words),
    "a source": lambda files, words: files["basics/lessons/shared.yaml"]["blocks"][0].update(sources=[words]),
    "a picture": lambda files, words: files["basics/lessons/shared.yaml"]["blocks"][3].update(
        image={"en": f"figures/{words}.svg", "es": f"{words}.svg"}
    ),
    "a number": lambda files, words: files["basics/module.yaml"].update(pass_mark=words),
    "an address": lambda files, words: files["basics/sources.yaml"]["sources"][0].update(url=words),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_problems_of_a_package_are_told_in_words(spoil, clean, browser, tmp_path):
    files = drafts.content()
    spoil(files, EVERYTHING)
    answer = sent(browser, f"{M}package/import/", package(tmp_path / "sent", files))
    assert (answer.status_code, bool(answer.context["problems"]), dangers(answer)) == (422, True, [])


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_of_files_in_a_package_are_words(name, clean, browser, tmp_path):
    whole = {each: value for each, value in drafts.content().items() if each != "settings.yaml"}
    written = drafts.write(tmp_path / "sent", whole) / "basics"
    data = {f"basics/{path.relative_to(written)}": path.read_bytes() for path in written.rglob("*.*")}
    answers = [
        sent(browser, f"{M}package/import/", zipped({**data, f"basics/{folder}{MARK} {name}.yaml": b"key: [x"}), name)
        for folder in ("", "lessons/", "bank/", "figures/")
    ]
    assert [dangers(answer) for answer in answers] == [[]] * 4


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_name_of_an_uploaded_file_counts_for_nothing(name, clean, admin, browser):
    figure, step = Block.objects.get(step__key="shared", key="figure"), Step.objects.get(key="shared")
    download = Block.objects.get(step__key="shared", kind=BlockKind.DOWNLOAD)
    shown = [("picture", figure, "image_en", picture(), f"{name}.png"), ("file", download, "file_en", pdf(), name)]
    for kind, block, column, data, called in shown:
        address = f"{M}parts/block/{block.pk}/{kind}/en/"
        answer = sent(browser, address, data, f"{MARK}{called}", shown=getattr(block, column))
        assert (answer.status_code, dangers(answer), MARK in page_of(answer).marks) == (200, [], False)
    assert step.blocks.filter(image_en__contains=MARK).count() == 0
