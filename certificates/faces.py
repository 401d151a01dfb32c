"""The font faces of a certificate. Pure.

The front-end build gathers the packaged ones; the others come with the packages fonts-noto-core and fonts-noto-cjk.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

PACKAGED = Path(__file__).resolve().parent.parent / "frontend" / "dist" / "fonts" / "certificate"
SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")


class Face(NamedTuple):
    family: str
    file: str
    weight: int = 700
    index: int = -1
    style: str = "normal"


HEADING = (
    Face("Merriweather Latin", "merriweather-latin-700.woff2"),
    Face("Merriweather Latin Extended", "merriweather-latin-ext-700.woff2"),
    Face("Merriweather Vietnamese", "merriweather-vietnamese-700.woff2"),
    Face("Merriweather Cyrillic", "merriweather-cyrillic-700.woff2"),
    Face("Merriweather Cyrillic Extended", "merriweather-cyrillic-ext-700.woff2"),
)
TEXT = (
    Face("Public Sans Latin", "public-sans-latin-400.woff2", 400),
    Face("Public Sans Latin Extended", "public-sans-latin-ext-400.woff2", 400),
    Face("Public Sans Latin", "public-sans-latin-700.woff2"),
    Face("Public Sans Latin Extended", "public-sans-latin-ext-700.woff2"),
)
# For registered marks alone, which need no further letters.
ITALIC = (
    Face("Merriweather Latin", "merriweather-latin-700-italic.woff2", style="italic"),
    Face("Public Sans Latin", "public-sans-latin-400-italic.woff2", 400, style="italic"),
    Face("Public Sans Latin", "public-sans-latin-700-italic.woff2", style="italic"),
)
PACKAGED_FACES = (*HEADING, *TEXT, *ITALIC)


def _noto(*scripts: str) -> tuple[Face, ...]:
    return tuple(Face(f"Noto Serif {script}", f"NotoSerif{script}-Bold.ttf") for script in scripts)


LEVEL = (Face("Noto Serif", "NotoSerif-Bold.ttf"), *_noto("Hebrew", "Armenian", "Georgian", "Ethiopic"))
# Their letters and signs reach so far up and down that they need wider lines.
TALL = (
    Face("Noto Naskh Arabic", "NotoNaskhArabic-Bold.ttf"),
    *_noto("Devanagari", "Bengali", "Gujarati", "Gurmukhi", "Tamil", "Telugu", "Kannada", "Malayalam"),
    *_noto("Sinhala", "Thai", "Lao", "Khmer", "Myanmar"),
)
JAPANESE, KOREAN, CHINESE = (
    Face(f"Noto Serif CJK {region}", "NotoSerifCJK-Bold.ttc", index=index)
    for index, region in enumerate(("JP", "KR", "SC"))
)


def for_name(name: str) -> tuple[Face, ...]:
    """In the order in which they are asked for a letter."""
    # Accents that stand as letters of their own, as in Yoruba, are placed well only within one big face.
    composing = any("\u0300" <= letter <= "\u036f" for letter in name)
    first = (*LEVEL, *HEADING) if composing else (*HEADING, *LEVEL)
    return (*first, *TALL, _han(name))


def _han(name: str) -> Face:
    """Han letters look different in each country; a name's other letters betray which it is."""
    if any("\u3040" <= letter <= "\u30ff" for letter in name):
        return JAPANESE
    if any("\uac00" <= letter <= "\ud7a3" for letter in name):
        return KOREAN
    return CHINESE


@cache
def path(face: Face) -> Path | None:
    if (packaged := PACKAGED / face.file).is_file():
        return packaged
    return next((found for folder in SYSTEM for found in folder.rglob(face.file)), None)
