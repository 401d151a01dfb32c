import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from courses.columns import stamp
from courses.models import Block, Change, Module, Step
from courses.packages.archive import MAX_BYTES, Why
from courses.packages.exporter import export
from courses.parts import PARTS
from courses.services.editing import edit
from studio.presenting.package import REFUSALS
from tests.courses import factories
from tests.courses.packages import exported, package, zipped

pytestmark = pytest.mark.django_db
FILES = "/en/studio/modules/basics/package/"
IMPORT = f"{FILES}import/"
NEW = "/en/studio/packages/"
SHARED, SURVEY = "basics/lessons/shared.yaml", "basics/survey.yaml"


@pytest.fixture
def files() -> factories.Files:
    return factories.content()


@pytest.fixture
def send(author, tmp_path, files):
    """Uploads the files as they are now; the answer to the upload."""

    def send(address: str = IMPORT, client=author, data: bytes | None = None):
        data = package(tmp_path / "sent", files) if data is None else data
        return client.post(address, {"file": SimpleUploadedFile("basics.zip", data)})

    return send


def accept(client, address: str):
    """Presses the button of the page that shows the differences."""
    page = client.get(address)
    button = {"accept": page.context["token"], "base": page.context["base"]}
    return client.post(page.context["action"], button)


def errors(response) -> list[str]:
    return [str(error) for found in response.context["form"].errors.values() for error in found]


def waiting() -> list[str]:
    if not default_storage.exists("imports"):
        return []
    return [
        name
        for folder in default_storage.listdir("imports")[0]
        for name in default_storage.listdir(f"imports/{folder}")[1]
    ]


def test_download_holds_the_files_of_the_package(author, module):
    response = author.get(f"{FILES}export/")
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "application/zip",
        'attachment; filename="basics.zip"',
    )
    with ZipFile(BytesIO(response.content)) as archive:
        found = {name.removeprefix("basics/"): archive.read(name) for name in archive.namelist()}
    assert found == export(module)
    assert author.get(f"{FILES}export/").content == response.content


def test_upload_shows_what_would_change_and_changes_nothing(author, module, send, files):
    files[SHARED]["title"]["en"] = "A new title"
    files[SHARED]["blocks"].pop(1)
    files[SHARED]["blocks"].append({"key": "last", "kind": "text", "body": {"en": "last", "es": "última"}})
    answer = send()
    assert answer.status_code == 302
    page = author.get(answer["Location"])
    counts = {str(row["part"]): row["counts"] for row in page.context["counts"]}
    assert counts == {"Step": [0, 1, 0, 0, 0], "Block": [1, 0, 0, 1, 0]}
    assert [(str(language), count) for language, count in page.context["texts"]] == [("English", 2), ("Spanish", 1)]
    written = {
        (item["place"], str(column["name"])): "".join(text for kind, text in column["runs"] if kind != "del")
        for item in page.context["items"]
        for column in item["columns"]
        if item["place"] == "shared"
    }
    assert written == {("shared", "Title (English)"): "A new title"}
    assert (Change.objects.count(), Step.objects.get(key="shared").title_en) == (0, "lesson shared (English)")


def test_accepted_package_is_what_the_draft_says(author, module, send, files):
    files[SHARED]["title"]["en"] = "A new title"
    answer = accept(author, send()["Location"])
    assert (answer.status_code, answer["Location"]) == (302, "/en/studio/modules/basics/")
    assert Step.objects.get(key="shared").title_en == "A new title"
    assert [(change.act, change.place, change.by) for change in Change.objects.all()] == [
        ("imported", "shared", author.user)
    ]
    assert waiting() == []


def test_dropped_package_is_not_kept(author, module, send, files):
    files[SHARED]["title"]["en"] = "A new title"
    send()
    assert len(waiting()) == 1
    answer = author.post(IMPORT, {"drop": "1"})
    assert (answer["Location"], waiting(), Change.objects.count()) == (FILES, [], 0)


def test_package_that_says_the_same_offers_nothing_to_accept(author, module, send):
    page = author.get(send(data=exported(module))["Location"])
    assert (page.context["items"], "accept" in page.content.decode()) == ([], False)


def test_draft_that_was_edited_meanwhile_is_not_overwritten(author, administrator, module, send, files):
    files[SHARED]["title"]["en"] = "From the file"
    shown = author.get(send()["Location"])
    step, part = Step.objects.get(key="shared"), PARTS["step"]
    edit(
        part=part,
        row=step.pk,
        module=module,
        values={"title_en": "From the studio"},
        base=stamp(step, part),
        by=administrator.user,
    )
    button = {"accept": shown.context["token"], "base": shown.context["base"]}
    answer = author.post(IMPORT, button)
    assert answer["Location"] == f"{IMPORT}?file={button['accept']}"
    assert Step.objects.get(key="shared").title_en == "From the studio"
    page = author.get(answer["Location"]).content.decode()
    assert "<del>studio</del><ins>file</ins>" in page
    accept(author, answer["Location"])
    assert Step.objects.get(key="shared").title_en == "From the file"


def test_problems_are_listed_by_file_and_line(author, module, send, files):
    files[SHARED]["settings"] = ["street"]
    files["basics/cases/clinic-case.yaml"]["start"] = "nowhere"
    page = send()
    assert (page.status_code, len(errors(page)), waiting()) == (422, 1, [])
    assert page.context["problems"] == [
        {"file": "basics/cases/clinic-case.yaml", "line": 13, "message": "This case has no scene “nowhere”."},
        {"file": SHARED, "line": 6, "message": "There is no professional setting “street”."},
    ]


COLON = "Hay dos puntos donde no pueden ir. Revise la sangría y ponga entre comillas el texto que contiene dos puntos."


def draw_with_a_script(files: factories.Files) -> None:
    files["basics/figures/other.svg"] = factories.SVG.replace("</svg>", "<script/></svg>")
    files[SHARED]["blocks"][3]["image"]["es"] = "figures/other.svg"


IN_SPANISH = {
    "parser": (
        lambda files: files.update({SURVEY: "key: a: b"}),
        (SURVEY, 1, COLON),
    ),
    "value": (
        lambda files: files[SHARED].update(minutes="three"),
        (SHARED, 7, "“minutes” debe ser un número entero de 1 a 600."),
    ),
    "length": (
        lambda files: files[SHARED].update(summary={"en": "x", "es": "x" * 20_001}),
        (SHARED, 13, "“summary.es” tiene 20001 caracteres; caben 20000."),
    ),
    "name": (
        lambda files: files[SHARED].update(settings=["street"]),
        (SHARED, 6, "No existe el entorno profesional “street”."),
    ),
    "picture": (
        draw_with_a_script,
        (SHARED, 39, "La imagen contiene un elemento que no dibuja nada: script."),
    ),
}


@pytest.mark.parametrize("change, problem", IN_SPANISH.values(), ids=IN_SPANISH)
def test_problems_are_said_in_spanish(change, problem, author, module, send, files):
    change(files)
    page = send(IMPORT.replace("/en/", "/es/"))
    text = page.content.decode()
    rows = re.findall(
        r"<tr><th scope=\"row\"><code class=\"code\">(.*?)</code></th><td>(\d+)</td><td>(.*?)</td></tr>", text
    )
    assert (page.status_code, {(file, int(line), said) for file, line, said in rows}) == (422, {problem})
    assert 'lang="en"' not in text[text.index("<tbody>") : text.index("</tbody>")]


@pytest.mark.parametrize("locale", ["en", "es"])
def test_every_refusal_is_said_in_both_languages(locale):
    with override(locale):
        assert all(str(REFUSALS[why]) for why in Why)


@pytest.mark.parametrize(
    "data, said",
    [
        (b"", "This file is empty."),
        (b"no archive", "This is not a ZIP file that can be read."),
        (zipped({"../evil.yaml": b"x"}), "“../evil.yaml” is no file of a package. Nothing was unpacked."),
        (
            zipped({"basics/<script>.yaml": b"x"}),
            "“basics/<script>.yaml” is no file of a package. Nothing was unpacked.",
        ),
        (zipped({"basics/module.yaml": bytes(MAX_BYTES + 1)}), "This ZIP file unpacks to more than 20 MB."),
    ],
    ids=["empty", "no archive", "path", "script", "bomb"],
)
def test_archive_that_is_refused_says_why(data, said, author, module, send):
    page = send(data=data)
    assert (page.status_code, errors(page), waiting(), Change.objects.count()) == (422, [said], [], 0)
    assert "<script>.yaml" not in page.content.decode()


def test_upload_without_a_file_asks_for_one(author, module):
    page = author.post(IMPORT, {})
    assert (page.status_code, errors(page)) == (422, ["Choose a file."])


def test_package_of_another_module_is_refused(author, module, tmp_path, send, files):
    other = {name.replace("basics/", "other/"): value for name, value in files.items()}
    other["other/module.yaml"]["key"] = "other"
    page = send(data=package(tmp_path / "other", other, "other"))
    assert (page.status_code, errors(page)) == (422, ["This is the package of “other”, not of “basics”."])


def test_package_becomes_a_new_module(author, module, tmp_path, send, files):
    other = {name.replace("basics/", "other/"): value for name, value in files.items()}
    other["other/module.yaml"]["key"] = "other"
    answer = send(NEW, data=package(tmp_path / "other", other, "other"))
    page = author.get(answer["Location"])
    assert ("“other” would be new here" in page.content.decode(), Module.objects.count()) == (True, 1)
    assert accept(author, answer["Location"])["Location"] == "/en/studio/modules/other/"
    assert export(Module.objects.get(key="other"))["survey.yaml"] == export(module)["survey.yaml"]


def test_package_of_a_module_that_is_there_is_no_new_module(author, module, send):
    page = send(NEW)
    assert (page.status_code, errors(page)) == (
        422,
        ["There is a module “basics” already. Bring the file in on its page “Files”."],
    )


def test_file_of_somebody_else_cannot_be_accepted(author, administrator, module, send, files):
    files[SHARED]["title"]["en"] = "A new title"
    address = send()["Location"]
    shown = author.get(address)
    assert administrator.get(address)["Location"] == FILES
    answer = administrator.post(IMPORT, {"accept": shown.context["token"], "base": "0"})
    assert (answer["Location"], Change.objects.count()) == (FILES, 0)


@pytest.mark.parametrize("token", ["", "x", "../../figures", "a" * 32])
def test_made_up_file_is_not_found(token, author, module):
    assert author.post(IMPORT, {"accept": token, "base": "0"})["Location"] == FILES


@pytest.mark.parametrize("base", ["", "-1", "x", "1.5"])
def test_made_up_base_is_no_way_in(base, author, module, send):
    token = send()["Location"].partition("=")[2]
    assert author.post(IMPORT, {"accept": token, "base": base}).status_code == 404


@pytest.mark.parametrize(
    "role, may", [("author", True), ("translator", False), ("reviewer", False), ("publisher", False)]
)
def test_only_who_may_edit_is_offered_to_bring_something_in(role, may, as_role, module):
    client = as_role(role, "es" if role == "translator" else "") if role != "author" else as_role("author")
    page = client.get(FILES)
    assert (page.status_code, IMPORT in page.content.decode()) == (200, may)
    assert client.post(IMPORT, {}).status_code == (422 if may else 403)


def test_texts_of_the_package_are_shown_and_not_run(author, module, send, files):
    files[SHARED]["title"]["en"] = "<script>alert(1)</script>"
    page = author.get(send()["Location"]).content.decode()
    assert ("<script>alert(1)</script>" in page, "&lt;script&gt;" in page) == (False, True)


def test_pictures_are_stored_only_with_the_package(author, module, send, files, settings):
    files["basics/figures/drawing.svg"] = factories.SVG.replace("h9", "h8")
    figures = settings.MEDIA_ROOT / "figures"
    address = send()["Location"]
    author.get(address)
    assert len(list(figures.iterdir())) == 1
    accept(author, address)
    assert len(list(figures.iterdir())) == 2
    assert default_storage.exists(Block.objects.filter(key="figure").first().image_en)


def test_difference_of_many_parts_takes_as_few_queries_as_of_one(
    author, module, send, files, django_assert_max_num_queries
):
    for place in range(3):
        files[f"basics/lessons/l{place}.yaml"] = factories.lesson(f"l{place}", [])
        files["basics/module.yaml"]["sections"][0]["steps"].append(f"l{place}")
    address = send()["Location"]
    with django_assert_max_num_queries(60):
        author.get(address)


def test_page_of_files_leads_to_all_this(author, module):
    page = author.get(FILES).content.decode()
    for name in ("package-export", "package-import"):
        assert reverse(f"studio:{name}", args=["basics"]) in page
    assert NEW in author.get("/en/studio/").content.decode()
