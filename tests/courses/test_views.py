import pytest

from courses.packages.importer import store_picture
from tests.courses.factories import SVG


@pytest.fixture
def picture(media, tmp_path) -> str:
    path = tmp_path / "drawing.svg"
    path.write_text(SVG)
    return store_picture(path).removeprefix("figures/")


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
