"""A learner who is only imagined: somebody's setting, language and progress, kept in an address and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from courses.choices import Form
from courses.document import Document, Step
from courses.paths import Path, path
from learning.progress import Progress, is_closing

NONE, HALF, BEFORE_THE_TEST, ALL = "none", "half", "before-test", "all"
PROGRESS: dict[str, Promise] = {
    NONE: _("Nothing done"),
    HALF: _("Half way"),
    BEFORE_THE_TEST: _("Before the final test"),
    ALL: _("Everything done"),
}
DESKTOP, PHONE = "desktop", "phone"
DEVICES: dict[str, Promise] = {DESKTOP: _("Desktop"), PHONE: _("Phone, 360 pixels wide")}


@dataclass(frozen=True)
class Choices:
    """What is previewed. `progress` is a name, or how many steps of the path are done; `walk` the choices in a case."""

    source: str
    setting: str
    language: str
    progress: str = NONE
    form: Form = Form.A
    device: str = DESKTOP
    framed: bool = False
    walk: tuple[str, ...] = ()

    def query(self) -> str:
        said: dict[str, str] = {
            "source": self.source,
            "setting": self.setting,
            "language": self.language,
            "progress": self.progress,
            "form": self.form.value,
            "device": self.device,
        }
        said |= {"framed": "1"} if self.framed else {}
        return urlencode(said | ({"walk": ".".join(self.walk)} if self.walk else {}))


def finished(steps: Path, progress: str) -> frozenset[str]:
    """The keys of the steps done."""
    if progress == BEFORE_THE_TEST:
        return frozenset(step.key for step in steps if not is_closing(step))
    numbers: Mapping[str, int] = {NONE: 0, HALF: len(steps) // 2, ALL: len(steps)}
    done = numbers[progress] if progress in numbers else int(progress)
    return frozenset(step.key for step in steps[:done])


@dataclass(frozen=True)
class PreviewLearner:
    content: Document
    choices: Choices

    @property
    def setting(self) -> str:
        return self.choices.setting

    @property
    def progress(self) -> Progress:
        steps = path(self.content, self.setting)
        return Progress(steps, finished(steps, self.choices.progress))

    @property
    def completed_at(self) -> datetime | None:
        progress = self.progress
        return timezone.now() if progress.path and progress.complete else None

    def having_done(self, step: Step) -> "PreviewLearner":
        """With this step done, and those before it: one number says it in an address."""
        progress = self.progress
        place = progress.place(step.key)
        if not place or step.key in progress.finished:
            return self
        return PreviewLearner(self.content, replace(self.choices, progress=str(place)))


@dataclass(frozen=True)
class PreviewAddresses:
    """The addresses of a learner's pages in a preview; `interface` is the language the studio is read in."""

    learner: PreviewLearner
    interface: str

    def page(self, name: str, *arguments: str, walk: tuple[str, ...] = ()) -> str:
        with override(self.interface):
            url = reverse(f"studio:{name}", args=[self.learner.content.key, *arguments])
        return f"{url}?{replace(self.learner.choices, walk=walk).query()}"

    def module(self, module: str) -> str:
        return self.page("preview-module")

    def choose_setting(self, module: str) -> str:
        return self.page("preview-setting")

    def change_setting(self, module: str) -> str:
        return self.page("preview-setting")

    def path(self, module: str) -> str:
        return self.page("preview-path")

    def go_on(self, module: str) -> str:
        following = self.learner.progress.next
        return self.page("preview-step", following.key) if following else self.path(module)

    def certificate(self, module: str) -> str:
        return self.page("preview-certificate")

    def step(self, module: str, step: str) -> str:
        return self.page("preview-step", step)

    def seen(self, module: str, step: str) -> str:
        return ""  # nothing is remembered

    def again(self, module: str, step: str) -> str:
        return self.page("preview-step", step)

    def decision(self, module: str, step: str) -> str:
        return self.page("preview-step", step, walk=self.learner.choices.walk)

    def result(self, module: str, step: str, number: int) -> str:
        return self.page("preview-result", step)

    def questions(self, step: str) -> str:
        return self.page("preview-questions", step)

    def result_of(self, step: str, sent: QueryDict) -> str:
        answers = {name: sent.getlist(name) for name in sent if name.startswith("q")}
        return f"{self.result('', step, 1)}&{urlencode({'typed': urlencode(answers, doseq=True)})}"

    def try_again(self, module: str, step: str) -> str:
        return self.page("preview-step", step)

    def answer(self, attempt: int | None, place: int) -> str:
        return ""  # nothing is kept
