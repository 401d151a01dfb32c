"""The page of one step: its parts in order, each with its form, and the preview of a text as it is typed."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import May, rights_of
from courses import markdown
from courses.choices import LOCALES, LONGEST_TEXT, StepKind
from courses.models import Module, Step
from courses.parts import part_named, part_of
from learning.presenting.words import show
from studio.access import studio_page
from studio.forms.parts import form_for
from studio.frame import render
from studio.links import anchor_of
from studio.presenting.editor import Adding, Item, item_of_step
from studio.presenting.labels import STEP_KINDS
from studio.presenting.naming import named
from studio.presenting.shapes import KINDS_OF_TEXT
from studio.presenting.surroundings import Surroundings
from studio.wording import IN_BRACKETS


@require_safe
@studio_page(May.READ_DRAFTS)
def step(request: HttpRequest, module: Module, step: str) -> HttpResponse:
    item = item_of_step(module, step)
    if item is None:
        raise Http404
    context = {
        "module": module,
        "step": item.row,
        "name": named(item.row, "title"),
        "kind": STEP_KINDS[item.row.kind],
        "settings": [named(setting, "name") for setting in item.row.settings.all() if not setting.archived],
        "item": shown(item, Surroundings(module, rights_of(request.user), item.rows())),
        "is_case": item.row.kind == StepKind.CASE,
        "is_test": item.row.kind == StepKind.TEST,
        "previews": _previews(module, item.row),
        "render_url": reverse("studio:render", args=[module.key]),
    }
    return render(request, "studio/step.html", context, current="outline")


def _previews(module: Module, step: Step) -> list[tuple[Any, str]]:
    """The draft of this step in each language, for the first setting that it belongs to."""
    setting = next((setting.key for setting in step.settings.all() if not setting.archived), "")
    page = reverse("studio:preview-step", args=[module.key, step.key])
    said = {"setting": setting} if setting else {}
    return [(IN_BRACKETS[locale], f"{page}?{urlencode(said | {'language': locale})}") for locale in LOCALES]


def shown(item: Item, around: Surroundings) -> dict[str, Any]:
    """An item as templates/studio/components/item.html takes it."""
    part = part_named(item.part)
    return {
        "part": item.part,
        "row": item.row,
        "anchor": anchor_of(item.part, item.row.pk),
        "label": item.label,
        "name": named(item.row, next(iter(part.words))),
        "number": item.number,
        "total": item.total,
        "before": item.number - 1,
        "after": item.number + 1 if item.number < item.total else 0,
        "copies": item.copies,
        "form": form_for(part, item.row, around),
        "children": [shown(child, around) for child in item.children],
        "adds": [_adding(adding, around) for adding in item.adds] if around.may_shape else [],
        "archived": [_archived(row, label) for row, label in item.archived] if around.may_shape else [],
        "may_shape": around.may_shape,
        "module": around.module,
    }


def _adding(adding: Adding, around: Surroundings) -> dict[str, Any]:
    nodes = around.nodes[adding.parent.step_id] if adding.needs_target else []
    return {
        "part": adding.part,
        "parent": adding.parent.pk,
        "label": adding.label,
        "kinds": adding.kinds,
        "targets": [(node.key, str(named(node, "body"))) for node in nodes if not node.archived],
        "id": f"add-{adding.part}-{adding.parent.pk}",
    }


def _archived(row: Any, label: Any) -> dict[str, Any]:
    part = part_of(row)
    return {"part": part.name, "pk": row.pk, "label": label, "name": named(row, next(iter(part.words)))}


@require_POST
@studio_page(May.EDIT_DRAFTS, May.TRANSLATE)
def draw(request: HttpRequest, module: Module) -> HttpResponse:
    """A text as learners will see it, drawn by their own templates; nothing is kept.

    Without the heading of its block, which would stand in the middle of the editor's own.
    """
    text, kind = request.POST.get("text", ""), request.POST.get("kind", "")
    if len(text) > LONGEST_TEXT:
        return HttpResponse(status=422)
    template = f"learning/blocks/{kind}.html" if kind in KINDS_OF_TEXT else "learning/blocks/text.html"
    html = show({"": markdown.render(text)}, "")
    return HttpResponse(render_to_string(template, {"block": {"html": html}}))


urlpatterns = [
    path("modules/<slug:module>/steps/<slug:step>/", step, name="step"),
    path("modules/<slug:module>/render/", draw, name="render"),
]
