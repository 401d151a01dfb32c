"""Makes the fonts within a file small. Importing this takes seconds.

WeasyPrint embeds fonts with all that other programs want of them, and keeps every glyph at its number, an unused one as
an empty outline: a place for each of the 26,000 behind a Chinese, Japanese or Korean name. A font that is keyed by CIDs
needs neither: embedded bare, it lists by itself which CID each of its glyphs has (ISO 32000-1, 9.7.4.2).
"""

from io import BytesIO

import pydyf
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

# All that drawing takes when text names its glyphs by number, as WeasyPrint's does (ISO 32000-1, 9.9).
_DRAWN_FROM = {"glyf", "head", "hhea", "hmtx", "loca", "maxp", "cvt ", "fpgm", "prep"}


def compact_fonts(document, pdf: pydyf.PDF) -> None:
    """A finisher of WeasyPrint."""
    for font in [item for item in pdf.objects if isinstance(item, pydyf.Dictionary)]:
        if font.get("Subtype") == "/CIDFontType0":
            _compact_keyed(pdf, font)
        elif font.get("Subtype") == "/CIDFontType2":
            _compact_numbered(pdf, font)


def _compact_numbered(pdf: pydyf.PDF, font: pydyf.Dictionary) -> None:
    file = _behind(pdf, _behind(pdf, font["FontDescriptor"])["FontFile2"])
    [content] = file.stream
    file.stream = [_drawable(content)]
    file.extra["Length1"] = len(file.stream[0])


def _drawable(content: bytes) -> bytes:
    with TTFont(BytesIO(content), recalcTimestamp=False, recalcBBoxes=False) as font:
        for table in set(font.reader.keys()) - _DRAWN_FROM:
            del font[table]
        drawable = BytesIO()
        font.save(drawable)
    return drawable.getvalue()


def _compact_keyed(pdf: pydyf.PDF, font: pydyf.Dictionary) -> None:
    descriptor = _behind(pdf, font["FontDescriptor"])
    file = _behind(pdf, descriptor["FontFile3"])
    [content] = file.stream
    if bare := _bare(content, _cids(font["W"])):
        file.stream = [bare]
        file.extra["Subtype"] = "/CIDFontType0C"
        del font["CIDToGIDMap"]  # glyphs are not at their CIDs' numbers any more


def _behind(pdf: pydyf.PDF, reference: bytes) -> pydyf.Object:
    return pdf.objects[int(reference.split()[0])]


def _cids(widths: pydyf.Array) -> list[int]:
    """Of an array such as 7, [500, 510], 12, [600]: the CIDs 7, 8 and 12."""
    return [first + place for first, run in zip(widths[::2], widths[1::2], strict=True) for place in range(len(run))]


def _bare(content: bytes, cids: list[int]) -> bytes | None:
    """Its outlines alone, of these glyphs, whose CIDs are the numbers they had; None of a font without CIDs."""
    with TTFont(BytesIO(content), recalcTimestamp=False) as font:
        if not hasattr(font["CFF "].cff.topDictIndex[0], "ROS"):
            return None
        subsetter = Subsetter(Options(notdef_outline=True, glyph_names=True, hinting=False, drop_tables=["VORG"]))
        subsetter.populate(gids=cids)
        subsetter.subset(font)
        return font["CFF "].compile(font)
