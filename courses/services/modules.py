"""A new module, with the skeleton that every module needs: an author begins by writing, not by assembling."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from courses.choices import Accent, Act, Stage, StepKind, SurveyKind
from courses.columns import fill, values_of
from courses.models import Module, Section, Step
from courses.parts import PARTS
from courses.services.drafts import created, lock_site_keys, record
from courses.services.structure import add, free_key

By = AbstractBaseUser
Words = tuple[str, str]  # English, Spanish

PASS_MARK = 80
OBJECTIVES: dict[str, Words] = {
    "stop": ("Explain what human trafficking is", "Explicar qué es la trata de personas"),
    "observe": ("Notice what may point to it", "Observar lo que podría indicarla"),
    "ask": ("Ask in privacy and with respect", "Preguntar en privado y con respeto"),
    "respond": ("Respond together with others", "Responder junto con otras personas"),
}
SECTIONS: dict[str, Words] = {
    "begin": ("Begin", "Comience"),
    "learn": ("Learn", "Aprenda"),
    "finish": ("Finish", "Termine"),
}
SURE: Mapping[str, str] = {
    "low_en": "Not sure at all",
    "low_es": "Ninguna",
    "high_en": "Very sure",
    "high_es": "Mucha",
}


@transaction.atomic
def create_module(*, title_en: str, title_es: str, settings: Sequence[str], by: By) -> Module:
    """`settings` are keys; either title may be empty. The dates are a proposal: today, in a year, in two."""
    lock_site_keys()
    today = timezone.localdate()
    module = Module(
        pass_mark=PASS_MARK, released_on=today, review_on=_years_after(today, 1), terminates_on=_years_after(today, 2)
    )
    part = PARTS["module"]
    module.key = free_key(part, module, title_en or title_es)
    source = "en" if title_en else "es"
    fill(module, {"title_en": title_en, "title_es": title_es, "source_locale": source, "settings": list(settings)})
    record(row=module, module=module, act=Act.CREATED, by=by, fields=created(values_of(module, part)))
    _furnish(module, by)
    return module


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _furnish(module: Module, by: By) -> None:
    for key, text in OBJECTIVES.items():
        add(part=PARTS["objective"], module=module, by=by, name=key, values=_both("text", text))
    begin, _learn, finish = (
        add(part=PARTS["section"], module=module, by=by, name=key, values=_both("title", title), accent=Accent.NEUTRAL)
        for key, title in SECTIONS.items()
    )
    _test(begin, Stage.PRE, by)
    _test(finish, Stage.POST, by)
    _survey(finish, by)


def _both(name: str, words: Words) -> dict[str, str]:
    return {f"{name}_en": words[0], f"{name}_es": words[1]}


def _step(section: Section, by: By, kind: StepKind, minutes: int, title: Words, intro: Words, stage: str = "") -> Step:
    return add(
        part=PARTS["step"],
        module=section.module,
        by=by,
        parent=section,
        name=title[0],
        values=_both("title", title) | _both("intro", intro),
        kind=kind,
        stage=stage,
        minutes=minutes,
    )


def _test(section: Section, stage: Stage, by: By) -> Step:
    title, intro, minutes = {
        Stage.PRE: (
            ("First test", "Prueba inicial"),
            (
                "A few questions to begin with. They are not graded.",
                "Unas preguntas para comenzar. No se califican.",
            ),
            5,
        ),
        Stage.POST: (
            ("Final test", "Prueba final"),
            (
                "Answer these questions to complete the module. You may take the test again if you need to.",
                "Responda estas preguntas para completar el módulo. Puede repetir la prueba si lo necesita.",
            ),
            10,
        ),
    }[stage]
    return _step(section, by, StepKind.TEST, minutes, title, intro, stage)


def _survey(section: Section, by: By) -> None:
    intro = (
        "Your answers help us improve this training and do not change your certificate.",
        "Sus respuestas nos ayudan a mejorar esta capacitación y no influyen en su certificado.",
    )
    survey = _step(section, by, StepKind.SURVEY, 1, ("Short survey", "Encuesta breve"), intro)
    prompts: list[tuple[str, SurveyKind, Words, Mapping[str, Any]]] = [
        (
            "confidence-before",
            SurveyKind.SCALE,
            (
                "Think back to before this module. How sure were you about what to do?",
                "Piense en cómo estaba antes de este módulo. ¿Cuánta seguridad tenía sobre qué hacer?",
            ),
            SURE,
        ),
        ("confidence-now", SurveyKind.SCALE, ("And today?", "¿Y hoy?"), SURE),
        (
            "comment",
            SurveyKind.TEXT,
            (
                "Anything you would like to tell us? Please leave out names and details about any person.",
                "¿Desea contarnos algo más? Por favor, no escriba nombres ni datos de ninguna persona.",
            ),
            {},
        ),
    ]
    for key, kind, prompt, more in prompts:
        values = _both("prompt", prompt) | dict(more)
        add(part=PARTS["survey-item"], module=survey.module, by=by, parent=survey, name=key, values=values, kind=kind)
