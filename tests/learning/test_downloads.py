"""A file to keep, as a lesson offers it."""

import re

import pytest
from msgspec.structs import replace

from courses.document import Document, Download, Figure
from courses.services.pictures import store_upload
from tests import factories
from tests.courses.pictures import pdf, picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def with_block(block) -> Document:
    content = factories.document()
    lesson = content.step("shared")
    return factories.document(
        steps=tuple(
            replace(step, blocks=(*lesson.blocks, block)) if step.key == "shared" else step for step in content.steps
        )
    )


def lesson_page(client, content: Document, locale: str) -> str:
    row = factories.enrolment(content=content)
    client.force_login(row.user)
    factories.finish(row, "first-test")
    return client.get(f"/{locale}/learn/{row.release.module.key}/steps/shared/").content.decode()


@pytest.mark.parametrize("locale, name", [("en", "pocket-card"), ("es", "tarjeta-de-bolsillo-rapida")])
def test_download_is_offered_in_the_language_of_the_page(locale, name, client):
    file = store_upload(kind="download", upload=upload(pdf()))
    title = {"en": "Pocket card", "es": "Tarjeta de bolsillo rápida"}
    sizes = dict.fromkeys(("en", "es"), len(pdf()))
    block = Download(key="card", title=title, file=dict.fromkeys(("en", "es"), file), bytes=sizes)
    page = lesson_page(client, with_block(block), locale)
    part = page.split('data-block="card"', 1)[1].split("</div>")[0]
    url = re.search(r'href="([^"]+)"', part)[1]
    assert url == f"/media/{file.removesuffix('.pdf')}/{name}.pdf"
    assert (title[locale] in part, f"PDF, {len(pdf())}" in part) == (True, True)
    response = client.get(url)
    assert (response["Content-Disposition"], b"".join(response.streaming_content)) == (
        f'attachment; filename="{name}.pdf"',
        pdf(),
    )


@pytest.mark.parametrize("locale, size", [("en", 'width="40" height="30"'), ("es", 'width="80" height="20"')])
def test_picture_has_the_size_of_its_own_language(locale, size, client):
    image = {"en": store_upload(kind="figure", upload=upload(picture()))}
    image["es"] = store_upload(kind="figure", upload=upload(picture(size=(80, 20))))
    sizes = {"en": (40, 30), "es": (80, 20)}
    block = Figure(key="map", image=image, width=40, height=30, sizes=sizes, alt=factories.words("map"))
    page = lesson_page(client, with_block(block), locale)
    assert f'src="/media/{image[locale]}"' in page
    assert size in page.split('data-block="map"', 1)[1]
