"""Packages that somebody means harm with, or that no database can hold: refused with a reason, by file and text."""

from zipfile import ZIP_BZIP2, ZIP_LZMA

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import RoleGrant
from courses.models import Change, Module
from tests import factories as people
from tests.courses import factories
from tests.courses.packages import package, zipped
from tests.security.conftest import signed_in

pytestmark = pytest.mark.django_db
IMPORT = "/en/studio/modules/basics/package/import/"
MODULE, LESSON, BANK = "basics/module.yaml", "basics/lessons/shared.yaml", "basics/bank/a.yaml"
SURVEY, SOURCES = "basics/survey.yaml", "basics/sources.yaml"
NUL = "The character 0 is not allowed."
NO_KEY = "“key” must be a key: small letters from a to z and digits, joined by hyphens."


@pytest.fixture
def module(tmp_path, settings) -> Module:
    settings.MEDIA_ROOT = tmp_path / "media"
    return factories.draft(tmp_path / "content")


@pytest.fixture
def author(db) -> Client:
    person = people.user("author@example.org")
    RoleGrant.objects.create(user=person, role="author")
    return signed_in(person)


def send(author: Client, data: bytes, address: str = IMPORT):
    return author.post(address, {"file": SimpleUploadedFile("basics.zip", data)})


def problems(response) -> list[tuple[str, str]]:
    return [(problem["file"], problem["message"]) for problem in response.context["problems"]]


def room(text: str, longest: int) -> str:
    return f"“{text}” has {longest + 1} characters; there is room for {longest}."


CHANGES = {
    "module": (MODULE, lambda file: file["title"].update(es="x" * 201), room("title.es", 200)),
    "block": (LESSON, lambda file: file["blocks"][0]["heading"].update(en="x" * 201), room("heading.en", 200)),
    "option": (
        BANK,
        lambda file: file["questions"][0]["options"][0]["text"].update(en="x" * 401),
        room("text.en", 400),
    ),
    "survey": (SURVEY, lambda file: file["items"][0]["low"].update(en="x" * 81), room("low.en", 80)),
    "source": (SOURCES, lambda file: file["sources"][0]["citation"].update(en="x" * 601), room("citation.en", 600)),
    "nul": (MODULE, lambda file: file["description"].update(es="a\0b"), NUL),
    "nul in an address": (SOURCES, lambda file: file["sources"][0].update(url="https://a\0b"), NUL),
    "key with a line end": (BANK, lambda file: file["questions"][0].update(key="a1\n"), NO_KEY),
    "name longer than any file's": (
        LESSON,
        lambda file: file["blocks"][3]["image"].update(en=f"figures/{'a' * 500}.svg"),
        "This cannot be the name of a file.",
    ),
}


@pytest.mark.parametrize("name, change, message", CHANGES.values(), ids=CHANGES)
def test_text_that_cannot_be_stored_is_named_before_anything_is_written(
    name, change, message, author, module, tmp_path
):
    files = factories.content()
    change(files[name])
    answer = send(author, package(tmp_path / "sent", files))
    assert (answer.status_code, problems(answer)) == (422, [(name, message)])
    assert Change.objects.count() == 0


def test_longest_words_of_a_package_are_taken(author, module, tmp_path):
    files = factories.content()
    files[MODULE]["title"]["es"] = f"{'ñ' * 200}\n"  # what ends a text is not stored
    files[LESSON]["blocks"][0]["heading"]["en"] = "x" * 200
    answer = send(author, package(tmp_path / "sent", files))
    page = author.get(answer["Location"])
    author.post(IMPORT, {"accept": page.context["token"], "base": page.context["base"]})
    assert Module.objects.get().title_es == "ñ" * 200


@pytest.mark.parametrize("compression", [ZIP_BZIP2, ZIP_LZMA])
def test_archive_packed_in_a_way_that_unpacks_without_a_bound_is_refused(compression, author, module):
    answer = send(author, zipped({MODULE: b"key: basics\n"}, compression))
    assert (answer.status_code, "not a ZIP file that can be read" in answer.content.decode()) == (422, True)


def test_damaged_archive_is_refused(author, module):
    data = bytearray(zipped({MODULE: b"key: basics\n" * 50}))
    start = 30 + len(MODULE)  # after its header
    data[start : start + 4] = b"\xff" * 4
    answer = send(author, bytes(data))
    assert (answer.status_code, "not a ZIP file that can be read" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("base", ["9" * 19, "9" * 5000])
def test_number_of_a_change_longer_than_any_is_no_way_in(base, author, module, tmp_path):
    token = send(author, package(tmp_path / "sent"))["Location"].partition("=")[2]
    assert author.post(IMPORT, {"accept": token, "base": base}).status_code == 404
