"""The pictures and files of a block, a form a language, and why one was refused."""

from pathlib import PurePosixPath
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Rights
from courses.choices import LOCALES, BlockKind
from courses.errors import Refusal
from courses.files import file_size
from courses.models import Block, Module
from courses.services.pictures import COLUMNS
from studio.wording import IN_BRACKETS

_ACCEPTS = {
    BlockKind.FIGURE: "image/png,image/jpeg,image/webp,image/gif,image/svg+xml",
    BlockKind.DOWNLOAD: "application/pdf",
}
HINTS: dict[str, Promise] = {
    BlockKind.FIGURE: _(
        "PNG, JPEG, WebP, GIF or SVG, up to 8 MB. It is made smaller, and what a camera noted in it is removed."
    ),
    BlockKind.DOWNLOAD: _("PDF, up to 10 MB."),
}
REFUSALS: dict[Refusal, Promise] = {
    Refusal.EMPTY: _("Choose a file that is not empty."),
    Refusal.TOO_LARGE: _("The file is too large. A picture may have 8 MB, a PDF 10 MB."),
    Refusal.TOO_MANY_PIXELS: _("The picture has more than 40 million pixels. Save it smaller and try again."),
    Refusal.NO_PICTURE: _("This is no picture of a kind that is accepted: PNG, JPEG, WebP, GIF or SVG."),
    Refusal.BROKEN: _("The file is damaged or incomplete. Save it anew and try again."),
    Refusal.DRAWING: _(
        "This SVG holds more than plain shapes and words, such as scripts, styles, links or other pictures. "
        "Export it as a plain SVG, or upload it as a PNG."
    ),
    Refusal.DRAWING_TOO_LARGE: _("The SVG is larger than 200 KB. Simplify it, or upload it as a PNG."),
    Refusal.NO_PDF: _("This is no PDF."),
    Refusal.ACTIVE: _("This PDF carries programs or other files. Save it as a plain PDF and try again."),
}


def uploads_of(module: Module, block: Block, rights: Rights) -> list[dict[str, Any]]:
    """What templates/studio/components/upload.html takes, a language each, the source language first."""
    if block.kind not in COLUMNS:
        return []
    return [upload_of(module, block, locale, rights) for locale in sorted(LOCALES, key=module.source_locale.__ne__)]


def upload_of(module: Module, block: Block, locale: str, rights: Rights, error: str | Promise = "") -> dict[str, Any]:
    kind = BlockKind(block.kind)
    current = getattr(block, f"{COLUMNS[kind]}_{locale}") or ""
    name = "picture" if kind is BlockKind.FIGURE else "file"
    return {
        "kind": name,
        "id": f"block-{block.pk}-{name}-{locale}",
        "locale": locale,
        "language": IN_BRACKETS[locale],
        "may_both": all(rights.may_write(other) for other in LOCALES),
        "url": reverse(f"studio:{name}-upload", args=[module.key, block.pk, locale]),
        "may": rights.may_write(locale),
        "accepts": _ACCEPTS[kind],
        "hint": HINTS[kind],
        "error": error,
        "current": current,
        **(_picture(block, locale, current) if kind is BlockKind.FIGURE else _file(block, locale, current)),
    }


def _picture(block: Block, locale: str, current: str) -> dict[str, Any]:
    src = reverse("courses:figure", args=[PurePosixPath(current).name]) if current else ""
    return {"src": src, "alt": getattr(block, f"alt_{locale}") or ""}


def _file(block: Block, locale: str, current: str) -> dict[str, Any]:
    url = reverse("courses:file", args=[PurePosixPath(current).stem, block.key]) if current else ""
    return {"file_url": url, "bytes": file_size(current)}
