"""What comes in as a picture is what it says it is, and goes out drawn anew."""

import struct
from io import BytesIO

import pytest
from PIL import Image, ImageFile

from courses import pictures
from courses.errors import Refusal, UploadRefused
from courses.pictures import LARGEST, MAX_BYTES, MAX_PIXELS, webp, webp_size
from tests.courses.pictures import BLUE, RED, opened, picture, png_claiming

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def refusal(data: bytes) -> Refusal:
    with pytest.raises(UploadRefused) as refused:
        webp(data)
    return refused.value.why


def near(one: tuple, other: tuple) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(one[:3], other[:3], strict=True))


def exif(**tags) -> Image.Exif:
    found = Image.Exif()
    found[MAKER] = "a camera"
    found.get_ifd(GPS)[1] = "N"
    found.get_ifd(GPS)[2] = (48.0, 51.0, 29.0)
    if "orientation" in tags:
        found[ORIENTATION] = tags["orientation"]
    return found


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_accepted_kinds_become_webp_of_the_same_size(kind):
    kept = opened(webp(picture(kind)))
    assert (kept.format, kept.size, near(kept.getpixel((5, 15)), RED), near(kept.getpixel((35, 15)), BLUE)) == (
        "WEBP",
        (40, 30),
        True,
        True,
    )


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM"])
def test_other_kinds_are_refused_though_pillow_reads_them(kind):
    assert refusal(picture(kind)) is Refusal.NO_PICTURE


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<html><script>alert(1)</script>", b"%PDF-1.7\n%%EOF", b"GIF89a", b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_picture_is_refused(data):
    assert refusal(data) in (Refusal.NO_PICTURE, Refusal.BROKEN)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_truncated_picture_is_refused(kind, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    whole = picture(kind, (400, 300))
    assert refusal(whole[: len(whole) // 2]) is Refusal.BROKEN


def test_smallest_gif_is_a_picture():
    assert opened(webp(picture("GIF", (1, 1)))).size == (1, 1)


def test_animation_becomes_its_first_frame():
    frames = [Image.new("RGB", (8, 8), colour) for colour in (RED, BLUE)]

    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    kept = opened(webp(out.getvalue()))
    assert (getattr(kept, "n_frames", 1), near(kept.getpixel((4, 4)), RED)) == (1, True)


@pytest.mark.parametrize("side", [7_000, 12_000, 60_000])
def test_bomb_is_refused_before_a_pixel_is_read(side):
    """Of the last two Pillow itself warns, or refuses to read on: that is an answer, not an error of the site."""
    data = png_claiming(side, side)
    assert len(data) < 200 and side * side > MAX_PIXELS
    assert refusal(data) is Refusal.TOO_MANY_PIXELS


def test_file_larger_than_allowed_is_refused():
    assert refusal(picture() + b"\0" * MAX_BYTES) is Refusal.TOO_LARGE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_where_it_was_taken_is_dropped(kind):
    data = picture(kind, exif=exif())
    assert GPS in opened(data).getexif()
    kept = webp(data)
    assert (dict(opened(kept).getexif()), b"a camera" in kept, "icc_profile" in opened(kept).info) == ({}, False, False)


def test_photograph_taken_sideways_stands_upright():
    kept = opened(webp(picture("JPEG", (60, 40), exif=exif(orientation=6))))
    assert (kept.size, near(kept.getpixel((20, 8)), RED), near(kept.getpixel((20, 52)), BLUE)) == ((40, 60), True, True)


@pytest.mark.parametrize(
    "size, kept",
    [((3200, 800), (1600, 400)), ((1601, 10), (1600, 10)), ((100, 9600), (50, 4800)), ((30, 20), (30, 20))],
)
def test_picture_is_made_no_larger_than_a_lesson_draws_it(size, kept):
    assert opened(webp(picture("PNG", size))).size == kept
    assert kept[0] <= LARGEST[0] and kept[1] <= LARGEST[1]


@pytest.mark.parametrize("kind", ["GIF", "JPEG", "PNG"])
def test_page_hidden_behind_a_picture_is_not_kept(kind):
    """A polyglot: for one reader a picture, for another a page or a program."""
    hidden = b"<script>alert(1)</script>"
    kept = webp(picture(kind) + hidden)
    assert (hidden in kept, opened(kept).size) == (False, (40, 30))


def test_transparency_and_sixteen_bits_of_grey_survive():

    out = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    clear = opened(webp(out.getvalue()))
    out = BytesIO()
    Image.new("I;16", (4, 4), 0x8080).save(out, "PNG")
    grey = opened(webp(out.getvalue()))
    assert (clear.mode, clear.getpixel((1, 1))[3], near(grey.getpixel((1, 1)), (128, 128, 128))) == ("RGBA", 0, True)


def test_size_is_read_from_the_header():

    assert webp_size(BytesIO(webp(picture("PNG", (300, 200))))) == (300, 200)


@pytest.mark.parametrize("data", [b"", b"RIFF....WEBP", picture("PNG")])
def test_size_of_what_is_no_webp_is_refused(data):

    with pytest.raises(UploadRefused):
        webp_size(BytesIO(data))


@pytest.mark.parametrize("error", [struct.error("no integer"), KeyError(1), ZeroDivisionError()])
def test_whatever_breaks_while_a_picture_is_drawn_refuses_it(error, monkeypatch):
    def break_down(image):
        raise error

    monkeypatch.setattr(pictures.ImageOps, "exif_transpose", break_down)
    assert refusal(picture("JPEG")) == Refusal.BROKEN
