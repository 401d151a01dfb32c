import pytest

from courses.files import keep
from courses.services.pictures import store_upload
from tests.courses.factories import SVG
from tests.courses.pictures import pdf, upload
from tests.courses.pictures import picture as picture_of


@pytest.fixture
def picture(media, tmp_path) -> str:
    path = tmp_path / "drawing.svg"
    path.write_text(SVG)
    return keep("figures", ".svg", path.read_bytes()).removeprefix("figures/")


def test_picture_may_be_cached_for_ever_and_run_nothing(client, picture):
    response = client.get(f"/media/figures/{picture}")
    assert b"".join(response.streaming_content).decode() == SVG
    assert {name: response[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Type": "image/svg+xml",
        "Cache-Control": "public, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
    }
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["none.svg", ".svg", "..%2Fsecret.svg", "%00.svg", "x" * 300 + ".svg", "secret.txt"])
def test_other_names_are_not_found(name, client, media):
    (media / "secret.svg").write_text(SVG)
    (media / "figures").mkdir()
    (media / "figures" / "secret.txt").write_text("x")
    assert client.get(f"/media/figures/{name}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_picture_is_only_read(method, client, picture):
    assert getattr(client, method)(f"/media/figures/{picture}").status_code == 405


def test_uploaded_picture_and_file_are_served_by_their_kind(client, media):
    figure = store_upload(kind="figure", upload=upload(picture_of("JPEG"))).removeprefix("figures/")
    digest = store_upload(kind="download", upload=upload(pdf())).removeprefix("files/").removesuffix(".pdf")
    shown, kept = client.get(f"/media/figures/{figure}"), client.get(f"/media/files/{digest}/tarjeta-de-ayuda.pdf")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"], shown["Content-Security-Policy"]) == (
        "image/webp",
        "nosniff",
        "default-src 'none'; sandbox",
    )
    assert b"".join(shown.streaming_content)[8:12] == b"WEBP"
    assert {name: kept[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="tarjeta-de-ayuda.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    assert (kept["Cache-Control"], b"".join(kept.streaming_content)) == ("public, max-age=31536000, immutable", pdf())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["none/a.pdf", "..%2Fsecret/a.pdf", "%00/a.pdf", "x/a%22.pdf", "x" * 300 + "/a.pdf", "a"]
)
def test_other_files_are_not_found(name, client, media):
    (media / "secret.pdf").write_bytes(pdf())
    assert client.get(f"/media/files/{name}").status_code == 404
