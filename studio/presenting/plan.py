"""The steps of a draft as the outline and the branch map show them, in a fixed number of queries."""

from collections import Counter
from functools import cached_property

from courses.branches import Branches, Stop, branches, role_of
from courses.freshness import State
from courses.models import Module, Section, Setting, Step
from courses.texts import translations_of


class Plan:
    """Reads when first asked; a page makes one."""

    def __init__(self, module: Module) -> None:
        self.module = module

    @cached_property
    def settings(self) -> list[Setting]:
        return list(self.module.settings.filter(archived=False))

    @cached_property
    def all_sections(self) -> list[Section]:
        return list(self.module.sections.all())

    @property
    def sections(self) -> list[Section]:
        return [section for section in self.all_sections if not section.archived]

    @cached_property
    def all_steps(self) -> list[Step]:
        """With the settings and sources that an edit is held against (courses/columns.py)."""
        steps = Step.objects.filter(module=self.module).select_related("section", "objective")
        return list(steps.prefetch_related("settings", "sources"))

    @cached_property
    def steps(self) -> list[Step]:
        return [step for step in self.all_steps if not step.archived and not step.section.archived]

    def settings_of(self, step: Step) -> list[Setting]:
        return [setting for setting in step.settings.all() if not setting.archived]

    @cached_property
    def strays(self) -> list[Setting]:
        """Settings that steps name and the module does not have."""
        own = {setting.pk for setting in self.settings}
        named = {setting.pk: setting for step in self.steps for setting in self.settings_of(step)}
        return sorted((row for pk, row in named.items() if pk not in own), key=lambda row: (row.position, row.pk))

    @cached_property
    def branches(self) -> Branches:
        stops = (
            Stop(
                key=step.key,
                role=role_of(step.kind, step.stage),
                minutes=step.minutes,
                settings=tuple(setting.key for setting in self.settings_of(step)),
            )
            for step in self.steps
        )
        return branches(stops, (setting.key for setting in self.settings))

    @cached_property
    def behind(self) -> dict[tuple[str, str], Counter[State]]:
        """How many texts of a step are missing or stale in a language: what keeps it from being released."""
        found: dict[tuple[str, str], Counter[State]] = {}
        for item in translations_of(self.module):
            if item.text.step:
                for locale in item.behind:
                    found.setdefault((item.text.step, locale), Counter())[item.state] += 1
        return found
