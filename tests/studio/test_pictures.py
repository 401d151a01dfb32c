import pytest
from django.urls import reverse
from django.utils.translation import override

from courses.choices import BlockKind
from courses.errors import Refusal
from courses.models import Block, Change, Module
from courses.parts import part_named
from courses.services.structure import add
from studio.presenting.uploads import REFUSALS
from tests.courses.factories import SVG
from tests.courses.pictures import pdf, picture, upload
from tests.factories import DATES

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure(module: Module) -> Block:
    return Block.objects.get(step__module=module, step__key="shared", key="figure")


@pytest.fixture
def download(module: Module) -> Block:
    step = module.steps.get(key="shared")
    return add(part=part_named("block"), module=module, by=None, parent=step, name="card", kind=BlockKind.DOWNLOAD)


def address(block: Block, locale: str = "en", name: str = "picture", module: str = "basics") -> str:
    return reverse(f"studio:{name}-upload", args=[module, block.pk, locale])


def names(block: Block) -> tuple[str, str]:
    block.refresh_from_db()
    column = "image" if block.kind == BlockKind.FIGURE else "file"
    return tuple(getattr(block, f"{column}_{locale}") or "" for locale in ("en", "es"))


def test_author_uploads_a_picture_for_one_language(author, figure):
    before = figure.image_en
    response = author.post(address(figure, "es"), {"upload": upload(picture()), "shown": figure.image_es})
    assert (response.status_code, response["Location"]) == (
        302,
        f"{reverse('studio:step', args=['basics', 'shared'])}#block-{figure.pk}",
    )
    english, spanish = names(figure)
    assert (english, spanish.endswith(".webp")) == (before, True)


def test_one_upload_may_serve_both_languages(author, figure):
    author.post(address(figure), {"upload": upload(picture()), "shown": figure.image_en, "both": "1"})
    english, spanish = names(figure)
    assert (english == spanish, english.endswith(".webp")) == (True, True)


def test_author_uploads_and_removes_a_file(author, download):
    author.post(address(download, "es", "file"), {"upload": upload(pdf(), "hoja.pdf"), "shown": ""})
    english, spanish = names(download)
    assert (english, spanish[:6], spanish[-4:]) == ("", "files/", ".pdf")
    page = author.get(address(download, "es", "file")).content.decode()
    assert f"/media/{spanish[:-4]}/{download.key}.pdf" in page
    author.post(address(download, "es", "file"), {"remove": "1", "shown": spanish})
    assert names(download) == ("", "")


@pytest.mark.parametrize(
    "data, said",
    [
        (b"", "Choose a file that is not empty."),
        (b"no picture", "This is no picture of a kind that is accepted: PNG, JPEG, WebP, GIF or SVG."),
        (SVG.replace("<path", "<script/><path").encode(), "This SVG holds more than plain shapes and words"),
        (picture()[:60], "The file is damaged or incomplete. Save it anew and try again."),
    ],
)
def test_refused_picture_is_told_why_and_changes_nothing(data, said, author, figure):
    before = names(figure)
    response = author.post(address(figure), {"upload": upload(data), "shown": figure.image_en})
    page = response.content.decode()
    assert (response.status_code, said in page, "data-error-summary" in page) == (422, True, True)
    assert (names(figure), Change.objects.filter(by=author.user).count()) == (before, 0)


def test_refusal_is_told_in_the_language_of_the_page(author, figure):
    url = address(figure).replace("/en/", "/es/")
    page = author.post(url, {"upload": upload(b"x"), "shown": figure.image_en}).content.decode()
    with override("es"):
        assert str(REFUSALS[Refusal.NO_PICTURE]) in page


def test_form_without_a_file_is_refused(author, figure):
    response = author.post(address(figure), {"shown": figure.image_en})
    assert (response.status_code, "Choose a file that is not empty." in response.content.decode()) == (422, True)


def test_picture_changed_meanwhile_is_shown_before_it_is_replaced(author, figure):
    response = author.post(address(figure), {"upload": upload(picture()), "shown": "figures/older.svg"})
    page = response.content.decode()
    assert (response.status_code, "Somebody else changed it meanwhile." in page) == (409, True)
    assert f'name="shown" value="{figure.image_en}"' in page
    assert names(figure) == (figure.image_en, figure.image_es)


@pytest.mark.parametrize(
    "locale, extra, status", [("es", {}, 302), ("en", {}, 403), ("es", {"both": "1"}, 403), ("fr", {}, 404)]
)
def test_translator_uploads_for_their_own_language(locale, extra, status, as_role, figure):
    translator, before = as_role("translator", "es"), names(figure)
    shown = figure.image_es if locale == "es" else figure.image_en
    response = translator.post(address(figure, locale), {"upload": upload(picture()), "shown": shown, **extra})
    assert response.status_code == status
    assert (names(figure) == before) is (status != 302)


@pytest.mark.parametrize("role", ["reviewer", "publisher", "support", ""])
def test_other_roles_upload_nothing(role, as_role, figure):
    before = names(figure)
    response = as_role(role).post(address(figure), {"upload": upload(picture()), "shown": figure.image_en})
    assert (response.status_code, names(figure)) == (403, before)


def test_block_of_another_module_kind_or_archive_is_not_found(author, figure, download, module):
    Module.objects.create(key="other", pass_mark=80, **DATES)
    wrong = [
        address(figure, module="other"),
        address(figure, name="file"),
        address(download, name="picture"),
        address(Block.objects.get(step__key="shared", key="intro")),
    ]
    Block.objects.filter(pk=figure.pk).update(archived=True)
    sent = {"upload": upload(picture()), "shown": ""}
    assert [author.post(url, sent).status_code for url in [*wrong, address(figure)]] == [404] * 5
