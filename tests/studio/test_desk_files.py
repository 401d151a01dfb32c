"""XLIFF out of the desk and back: what is shown before anything is written."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.exchange.comparing import Outcome
from courses.exchange.reading import read
from courses.exchange.xliff import write
from courses.models import Block, Change, Module
from courses.services.exchange import job_of
from courses.services.pending import keep
from tests.courses.test_exchange import BODY, file_of

DESK = "/en/studio/modules/basics/translations/"
IMPORT = f"{DESK}import/"


@pytest.fixture
def translator(as_role):
    return as_role("translator", "es")


def intro() -> Block:
    return Block.objects.get(step__key="shared", key="intro")


def upload(client, content: bytes, address: str = IMPORT, follow: bool = True):
    return client.post(address, {"file": SimpleUploadedFile("back.xlf", content)}, follow=follow)


def kept_files() -> list[str]:
    """The names below imports/, however many people."""
    if not default_storage.exists("imports"):
        return []
    folders = [f"imports/{folder}" for folder in default_storage.listdir("imports")[0]]
    return [name for folder in folders for name in default_storage.listdir(folder)[1]]


def changes() -> int:
    """Those that somebody made."""
    return Change.objects.exclude(by=None).count()


def test_file_is_named_by_module_and_languages(module, translator):
    response = translator.get(f"{DESK}xliff/es/")
    assert response["Content-Disposition"] == 'attachment; filename="basics-en-es.xlf"'
    assert response["Content-Type"] == "application/xliff+xml"
    assert response.content == write(job_of(module, "es"))


def test_file_of_open_texts_holds_those_alone(module, translator):
    Block.objects.filter(pk=intro().pk).update(body_es="")
    [file] = read(translator.get(f"{DESK}xliff/es/?open=1").content)
    assert [unit.id for unit in file.units] == [BODY]


def test_language_that_is_none_of_ours_has_no_file(module, translator):
    assert translator.get(f"{DESK}xliff/fr/").status_code == 404


def test_difference_is_shown_before_anything_is_written_then_written_once(module, translator):
    page = upload(translator, file_of(module, {BODY: "cuerpo nuevo"}))
    [item] = page.context["items"]
    assert (item.compared.outcome, item.difference) == (
        Outcome.WRITE,
        [("del", "body"), ("ins", "cuerpo"), ("same", " "), ("del", "(español)"), ("ins", "nuevo")],
    )
    assert (page.context["to_write"], changes()) == (1, 0)
    accept = {"accept": page.context["token"]}
    response = translator.post(IMPORT, accept, follow=True)
    assert [str(message) for message in response.context["messages"]] == ["1 translation was written."]
    assert (intro().body_es, changes(), kept_files()) == ("cuerpo nuevo", 1, [])
    again = translator.post(IMPORT, accept, follow=True)
    assert [str(message) for message in again.context["messages"]] == [
        "This file is not kept any more. Please choose it again."
    ]
    assert changes() == 1


def test_what_is_left_out_is_shown_first_with_its_reason(module, translator):
    content = file_of(module, {BODY: "**cuerpo**", "module/title": "título"})
    items = upload(translator, content).context["items"]
    assert [(item.compared.id, item.compared.outcome, item.compared.extra) for item in items] == [
        (BODY, Outcome.CODES, ("**", "**")),
        ("module/title", Outcome.WRITE, ()),
    ]


def test_words_written_meanwhile_are_kept_and_the_number_written_is_true(module, translator):
    page = upload(translator, file_of(module, {BODY: "cuerpo", "module/title": "título"}))
    Block.objects.filter(pk=intro().pk).update(body_es="a mano")
    response = translator.post(IMPORT, {"accept": page.context["token"]}, follow=True)
    assert [str(message) for message in response.context["messages"]] == ["1 translation was written."]
    assert (intro().body_es, Module.objects.get(key="basics").title_es) == ("a mano", "título")


def test_writing_nothing_drops_the_file(module, translator):
    upload(translator, file_of(module, {BODY: "cuerpo"}))
    assert len(kept_files()) == 1
    translator.post(IMPORT, {"drop": "1"})
    assert (kept_files(), intro().body_es) == ([], "body (español)")


def test_one_file_is_kept_for_each_person(module, translator):
    tokens = [upload(translator, file_of(module, {BODY: words})).context["token"] for words in ("a", "b")]
    assert kept_files() == [tokens[1]]


def test_file_kept_for_somebody_else_cannot_be_accepted(module, translator, author):
    page = upload(translator, file_of(module, {BODY: "cuerpo"}))
    for token in (page.context["token"], f"../{translator.user.pk}/{page.context['token']}"):
        author.post(IMPORT, {"accept": token})
    assert intro().body_es == "body (español)"
    assert author.get(f"{IMPORT}?file={page.context['token']}").status_code == 302


@pytest.mark.parametrize("token", ["../../db.sqlite3", "x", "a" * 32, "..%2f..%2fsecret", "a" * 31 + "\n"])
def test_token_that_was_never_given_finds_nothing(token, module, translator):
    assert translator.post(IMPORT, {"accept": token}).status_code == 302
    assert translator.get(IMPORT, {"file": token}).status_code == 302


def test_package_that_waits_is_no_translation(module, author):
    token = keep(content=b"PK", by=author.user)
    answers = [author.post(IMPORT, {"accept": token}), author.get(IMPORT, {"file": token})]
    assert [answer["Location"] for answer in answers] == [IMPORT, IMPORT]


def test_file_kept_for_one_module_is_not_written_to_another(module, translator):
    page = upload(translator, file_of(module, {BODY: "cuerpo"}))
    Module.objects.create(
        key="other", pass_mark=80, released_on="2026-01-01", review_on="2098-01-01", terminates_on="2099-01-01"
    )
    response = translator.post("/en/studio/modules/other/translations/import/", {"accept": page.context["token"]})
    assert (response.status_code, intro().body_es) == (302, "body (español)")


OTHER_MODULE = "This file belongs to another module. Nothing was read from it."
OTHER_LANGUAGES = "This file is for another pair of languages than this module is translated in."
REFUSED = {
    "other module": (b'original="basics"', b'original="other"', OTHER_MODULE),
    "other source": (b'source-language="en"', b'source-language="fr"', OTHER_LANGUAGES),
    "other target": (b'target-language="es"', b'target-language="fr"', OTHER_LANGUAGES),
    "broken": (
        b"</xliff>",
        b"",
        "This file cannot be read: it is not well-formed XML. Ask the translator to save it again.",
    ),
    "entities": (
        b"<xliff ",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><xliff ',
        "This file holds declarations or nesting that no XLIFF file needs, so it was not read.",
    ),
    "version 2": (
        b'version="1.2"',
        b'version="2.0"',
        "This is not an XLIFF 1.2 file with texts in it. Ask the translator for XLIFF, version 1.2.",
    ),
    "large": (b"</xliff>", b"</xliff>" + b" " * (10 * 1024 * 1024), "This file is larger than 10 MB."),
}


@pytest.mark.parametrize("old, new, message", REFUSED.values(), ids=REFUSED.keys())
def test_file_that_cannot_be_taken_is_refused_with_its_reason(old, new, message, module, translator):
    response = upload(translator, write(job_of(module, "es")).replace(old, new))
    assert (response.status_code, response.context["form"].errors["file"]) == (422, [message])
    assert (changes(), kept_files()) == (0, [])


def test_large_file_is_taken_here_and_refused_elsewhere(module, translator):
    content = b"<html>" + b" " * (5 * 1024 * 1024) + b"</html>"
    addresses = (IMPORT, "/en/sign-in/")
    assert [upload(translator, content, address).status_code for address in addresses] == [422, 400]


@pytest.mark.parametrize("files, message", [({}, "Choose a file."), ({"file": b""}, "This file is empty.")])
def test_no_file_at_all_is_asked_for(files, message, module, translator):
    sent = {name: SimpleUploadedFile("back.xlf", content) for name, content in files.items()}
    response = translator.post(IMPORT, sent)
    assert (response.status_code, response.context["form"].errors["file"]) == (422, [message])


def test_file_into_a_language_that_its_sender_may_not_write_is_forbidden(module, as_role):
    english = as_role("translator", "en")
    assert upload(english, file_of(module, {BODY: "cuerpo"})).status_code == 403
    assert kept_files() == []


def test_scripts_in_a_file_are_shown_as_text_and_left_out(module, translator):
    page = upload(translator, file_of(module, {BODY: '<img src=x onerror="alert(1)">'}))
    assert [item.compared.outcome for item in page.context["items"]] == [Outcome.HTML]
    assert b"<img src=x" not in page.content
