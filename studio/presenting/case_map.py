"""The scenes of a practice case and the choices between them: drawn, and told in words."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import CaseChoice, CaseNode, Step
from courses.walks import Spot, Walks, graph_of, walks
from studio.links import url_of
from studio.presenting.case_drawing import BOX_HEIGHT, BOX_WIDTH, LETTERS_A_LINE, Box, Choice, arrows, placed, size
from studio.presenting.lettering import lines
from studio.presenting.naming import named

Context = dict[str, Any]

LINES = 3

FAULTS: dict[str, Promise] = {
    "unreachable": gettext_lazy("No choice leads here"),
    "dead-end": gettext_lazy("Dead end: no choice and no ending"),
    "ending-goes-on": gettext_lazy("An ending, yet it has choices"),
    "loop": gettext_lazy("Choices lead back here: a loop"),
    "leads-nowhere": gettext_lazy("A choice leads to a scene that is not there"),
}
ENDINGS: dict[str, Promise] = {
    "strong": gettext_lazy("Ending: a strong way"),
    "mixed": gettext_lazy("Ending: a mixed way"),
}


def case_map(step: Step) -> Context:
    """In two queries."""
    nodes = list(step.nodes.filter(archived=False).order_by("position", "id"))
    choices = _choices(nodes)
    facts = walks(
        graph_of(Spot(n.key, tuple(c.to.key for c in choices[n.key]), bool(n.ending)) for n in nodes), step.start
    )
    scenes = {node.key: _scene(step, node, number, facts) for number, node in enumerate(nodes, start=1)}
    return {
        "scenes": [{**scenes[key], "choices": [_told(choice, scenes) for choice in choices[key]]} for key in scenes],
        "drawing": _drawing(scenes, choices, facts),
        "walks": facts,
        "starts": step.start in scenes,
        "problems": [f"{scene['label']}: {fault}" for scene in scenes.values() for fault in scene["faults"]],
    }


def _choices(nodes: list[CaseNode]) -> dict[str, list[CaseChoice]]:
    """By the key of their node, in order."""
    found: dict[str, list[CaseChoice]] = {node.key: [] for node in nodes}
    rows = CaseChoice.objects.filter(node__in=nodes, archived=False).select_related("to", "node")
    for choice in rows.order_by("position", "id"):
        found[choice.node.key].append(choice)
    return found


def _scene(step: Step, node: CaseNode, number: int, facts: Walks) -> Context:
    name = named(node, "body")
    return {
        "number": number,
        "label": _("Scene %(number)d") % {"number": number},
        "name": name,
        "text": lines(name.text, LETTERS_A_LINE, LINES),
        "is_start": node.key == step.start,
        "ending": ENDINGS.get(node.ending, ""),
        "faults": [FAULTS[fault] for fault in facts.faults.get(node.key, ())],
        "url": url_of(step.module, "node", node.pk, (step.key, node.key)),
    }


def _told(choice: CaseChoice, scenes: dict[str, Context]) -> Context:
    return {"name": named(choice, "text"), "to": scenes.get(choice.to.key)}


def _drawing(scenes: dict[str, Context], choices: dict[str, list[CaseChoice]], facts: Walks) -> Context:
    """Scenes that nothing leads to stand on a level of their own, below all others."""
    below = max(facts.levels.values(), default=-1) + 1
    boxes = placed({key: facts.levels.get(key, below) for key in scenes})
    drawn = arrows(
        boxes,
        (
            Choice(key, choice.to.key, named(choice, "text").text, place, len(choices[key]))
            for key in scenes
            for place, choice in enumerate(choices[key])
        ),
    )
    width, height = size(boxes, drawn)
    return {
        "width": width,
        "height": height,
        "box_width": BOX_WIDTH,
        "box_height": BOX_HEIGHT,
        "boxes": [_box(scenes[key], boxes[key]) for key in scenes],
        "arrows": drawn,
    }


def _box(scene: Context, box: Box) -> Context:
    return {
        **scene,
        "x": box.x,
        "y": box.y,
        "rows": [{"text": text, "y": box.y + 46 + 18 * number} for number, text in enumerate(scene["text"])],
        "left": box.x + 14,
        "top": box.y + 24,
        "tag_y": box.below - 10,
    }
