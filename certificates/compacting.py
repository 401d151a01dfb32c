"""Makes the font of a Chinese, Japanese or Korean name small: a few glyphs instead of a place for each of the 26,000.

WeasyPrint keeps every glyph at its number, an unused one as an empty outline, and embeds a whole OpenType font. A font
that is keyed by CIDs needs neither: embedded bare, it lists by itself which CID each of its glyphs has (ISO 32000-1,
9.7.4.2). Importing this takes seconds.
"""

from io import BytesIO

import pydyf
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont


def compact_fonts(document, pdf: pydyf.PDF) -> None:
    """A finisher of WeasyPrint."""
    for font in pdf.objects:
        if isinstance(font, pydyf.Dictionary) and font.get("Subtype") == "/CIDFontType0":
            _compact(pdf, font)


def _compact(pdf: pydyf.PDF, font: pydyf.Dictionary) -> None:
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
