"""Uploads are kept in the site's storage, wherever that is, and named in the draft with its history."""

from hashlib import sha256

import pytest
from django.core.files.storage import InMemoryStorage, default_storage

from courses.building import build
from courses.choices import BlockKind
from courses.errors import Conflict, NotOfThisModule, Refusal, UploadRefused
from courses.models import Block, Change, Module
from courses.parts import part_named
from courses.rules import Finding, findings
from courses.services.pictures import put_file, store_upload
from courses.services.structure import add
from tests.courses.factories import SVG
from tests.courses.pictures import opened, pdf, picture, upload
from tests.factories import DATES, user, words

FIGURE, DOWNLOAD = BlockKind.FIGURE, BlockKind.DOWNLOAD


def stored(data: bytes, kind: str = FIGURE, name: str = "picture.png") -> str:
    return store_upload(kind=kind, upload=upload(data, name))


def refusal(data: bytes, kind: str = FIGURE, name: str = "picture.png") -> Refusal:
    with pytest.raises(UploadRefused) as refused:
        stored(data, kind, name)
    return refused.value.why


def figure(module: Module) -> Block:
    return Block.objects.get(step__module=module, step__key="shared", key="figure")


def download(module: Module) -> Block:
    step = module.steps.get(key="shared")
    values = {"heading_en": "Card", "heading_es": "Tarjeta"}
    return add(part=part_named("block"), module=module, by=None, parent=step, name="card", values=values, kind=DOWNLOAD)


@pytest.mark.parametrize("name", ["../../etc/passwd.png", "C:\\evil.exe", "page.html", "x.svg", "photo", "ñ 🦜.png"])
def test_name_of_an_upload_counts_for_nothing(name, media):
    kept = stored(picture(), name=name)
    data = (media / kept).read_bytes()
    assert kept == f"figures/{sha256(data).hexdigest()[:32]}.webp"
    assert [path.name for path in media.rglob("*") if path.is_file()] == [kept.removeprefix("figures/")]


def test_same_picture_is_kept_once(media):
    assert stored(picture()) == stored(picture(), name="other.gif")
    assert len(list((media / "figures").iterdir())) == 1


def test_files_go_to_whatever_storage_the_site_has(settings):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    kept = [stored(picture()), stored(pdf(), DOWNLOAD)]
    assert isinstance(default_storage._wrapped, InMemoryStorage)
    assert [default_storage.exists(name) for name in kept] == [True, True]


def test_drawing_is_kept_as_it_is(media):
    kept = stored(b"\xef\xbb\xbf\n" + SVG.encode())
    assert (kept[-4:], (media / kept).read_text()) == (".svg", SVG)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<image href="https://evil.example/a.png"/>',
        "<foreignObject/>",
        '<a href="javascript:alert(1)"><path/></a>',
        "<style>*{}</style>",
        '<use href="other.svg#a"/>',
    ],
)
def test_drawing_that_does_more_than_draw_is_refused(inside, media):
    assert refusal(SVG.replace("<path", inside + "<path").encode()) is Refusal.DRAWING
    assert list(media.rglob("*.*")) == []


@pytest.mark.parametrize(
    "data, kind, why",
    [
        (b"", FIGURE, Refusal.EMPTY),
        (b"<!DOCTYPE html><p>page", FIGURE, Refusal.DRAWING),
        (SVG.encode() + b" " * 200_000, FIGURE, Refusal.DRAWING_TOO_LARGE),
        (pdf(), FIGURE, Refusal.NO_PICTURE),
        (picture() + b"\0" * 8_000_000, FIGURE, Refusal.TOO_LARGE),
        (picture(), DOWNLOAD, Refusal.NO_PDF),
        (pdf(b" " * 10_000_000), DOWNLOAD, Refusal.TOO_LARGE),
        (b"", DOWNLOAD, Refusal.EMPTY),
    ],
)
def test_upload_is_judged_by_content(data, kind, why, media):
    assert refusal(data, kind, "sound.svg") is why


def test_picture_of_a_language_is_put_with_history(draft):
    module, author = draft(), user("author@example.org")
    before = figure(module).image_es
    name = stored(picture(size=(400, 300)))
    put_file(block=figure(module).pk, module=module, locales=["es"], name=name, shown=before, by=author)
    row = figure(module)
    assert (row.image_en, row.image_es) == (before, name)
    assert list(Change.objects.filter(by=author).values_list("part", "row", "act", "fields")) == [
        ("block", row.pk, "edited", {"image_es": [before, name]})
    ]


def test_picture_put_meanwhile_is_not_overwritten(draft):
    module, author = draft(), user("author@example.org")
    row = figure(module)
    with pytest.raises(Conflict):
        put_file(
            block=row.pk, module=module, locales=["es"], name="figures/new.webp", shown="figures/old.svg", by=author
        )
    assert figure(module).image_es == row.image_es


def test_words_written_meanwhile_keep_no_picture_out(draft):
    """An editor that saves by itself changes the block while somebody looks for a file."""
    module, author = draft(), user("author@example.org")
    row = figure(module)
    Block.objects.filter(pk=row.pk).update(alt_en="Other words")
    put_file(block=row.pk, module=module, locales=["en"], name="", shown=row.image_en, by=author)
    assert (figure(module).image_en, figure(module).alt_en) == ("", "Other words")


def test_block_of_another_kind_or_module_takes_no_file(draft):
    module, author = draft(), user("author@example.org")
    other = Module.objects.create(key="other", pass_mark=80, **DATES)
    text = Block.objects.get(step__module=module, step__key="shared", key="intro")
    for block, place in ((text, module), (figure(module), other)):
        with pytest.raises(NotOfThisModule):
            put_file(block=block.pk, module=place, locales=["en"], name="x", shown="", by=author)


def test_document_knows_the_sizes_of_pictures_and_files(draft):
    module = draft()
    card, name, paper = download(module), stored(picture(size=(400, 300))), stored(pdf(), DOWNLOAD)
    row = figure(module)
    Block.objects.filter(pk=row.pk).update(image_es=name)
    Block.objects.filter(pk=card.pk).update(file_en=paper, file_es=paper)
    *_others, drawn, kept = sorted(
        build(module, ("en", "es")).step("shared").blocks, key=lambda b: b.key in ("figure", "card")
    )
    assert [drawn.size("en"), drawn.size("es"), drawn.sizes] == [
        (40, 30),
        (400, 300),
        {"en": (40, 30), "es": (400, 300)},
    ]
    assert (kept.title, kept.file, kept.bytes) == (
        words("Card") | {"en": "Card", "es": "Tarjeta"},
        {"en": paper, "es": paper},
        {"en": len(pdf()), "es": len(pdf())},
    )
    Block.objects.filter(pk=row.pk).update(image_es="")
    assert build(module, ("en", "es")).step("shared").blocks[3].sizes == {}


def test_file_or_picture_that_is_not_there_keeps_a_module_from_publishing(draft):
    module = draft()
    Block.objects.filter(pk=figure(module).pk).update(image_es="figures/none.webp")
    card = download(module)
    Block.objects.filter(pk=card.pk).update(file_en=stored(pdf(), DOWNLOAD), file_es="files/none.pdf")
    found = findings(build(module, ("en", "es")), DATES["released_on"])
    assert [finding for finding in found if finding.code == "courses.E014"] == [
        Finding("courses.E014", ("shared", "figure")),
        Finding("courses.E014", ("shared", card.key), locale="es"),
    ]


def test_download_without_a_file_in_one_language_is_named(draft):
    module = draft()
    card = download(module)
    Block.objects.filter(pk=card.pk).update(file_en=stored(pdf(), DOWNLOAD))
    found = findings(build(module, ("en", "es")), DATES["released_on"])
    assert [finding for finding in found if card.key in finding.place] == [
        Finding("courses.E001", ("shared", card.key), "file", "es")
    ]


def test_kept_picture_is_small_enough_for_a_lesson(media):
    assert opened((media / stored(picture("JPEG", (4000, 3000)))).read_bytes()).size == (1600, 1200)
