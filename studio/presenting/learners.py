"""The learners of a module as a list: on the screen and in a file, which say the same."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Profession, State
from accounts.models import Profile
from certificates.queries import is_certified
from courses.document import Words
from courses.models import Module, Release
from learning.models import Enrolment
from learning.reports import Standing, learners_of, results
from studio.wording import LANGUAGES
from support.languages import current_language

Row = dict[str, Any]

CERTIFIED = "certified"
STANDINGS: dict[str, Promise] = {
    Standing.NOT_BEGUN: pgettext_lazy("standing of a learner", "Not begun"),
    Standing.IN_PROGRESS: pgettext_lazy("standing of a learner", "In progress"),
    Standing.OUT_OF_ATTEMPTS: pgettext_lazy("standing of a learner", "No attempts left"),
    Standing.COMPLETED: pgettext_lazy("standing of a learner", "Completed, no certificate"),
    CERTIFIED: pgettext_lazy("standing of a learner", "Certificate issued"),
}
KINDS = {Standing.OUT_OF_ATTEMPTS: "warning", Standing.COMPLETED: "info", CERTIFIED: "success"}
COLUMNS: dict[str, Promise] = {
    "name": _("Name"),
    "email": _("E-mail"),
    "profession": _("Profession"),
    "state": _("State or territory"),
    "setting": _("Professional setting"),
    "language": _("Language"),
    "edition": _("Edition"),
    "started": _("Begun"),
    "percent": _("Progress (%)"),
    "best": _("Best final score (%)"),
    "completed": pgettext_lazy("date", "Completed"),
    "standing": _("Status"),
}


def learners(
    module: Module, *, setting: str = "", language: str = "", edition: str = "", standing: str = ""
) -> QuerySet:
    """Those whom the filters leave, all as in the form; an empty one leaves everybody."""
    rows = learners_of(module).annotate(certified=is_certified())
    chosen = {"setting": setting, "locale": language, "release__number": edition}
    rows = rows.filter(**{name: value for name, value in chosen.items() if value})
    if standing == CERTIFIED:
        return rows.filter(certified=True)
    if standing == Standing.COMPLETED:
        rows = rows.filter(certified=False)
    return rows.filter(standing=standing) if standing else rows


def standing_of(enrolment: Enrolment) -> str:
    return CERTIFIED if enrolment.certified else enrolment.standing


class Listing:
    """Rows in the language that is active when this is made: a file is written when that is over."""

    def __init__(self) -> None:
        self.locale = current_language()
        self.standings, self.languages = _said(STANDINGS), _said(LANGUAGES)
        self.professions, self.states = _said(dict(Profession.choices)), _said(dict(State.choices))
        self.headings = _said(COLUMNS)

    def row(self, enrolment: Enrolment) -> Row:
        profile = getattr(enrolment.user, "profile", None) or Profile()
        setting, language = setting_name(enrolment.release, enrolment.setting, self.locale)
        return {
            "pk": enrolment.user_id,
            "name": profile.printed_name,
            "email": enrolment.user.email,
            "profession": self.professions.get(profile.profession, ""),
            "state": self.states.get(profile.state, ""),
            "setting": setting,
            "setting_language": language,
            "language": self.languages[enrolment.locale],
            "edition": enrolment.release.number,
            "started": timezone.localdate(enrolment.started_at),
            "percent": enrolment.progress.percent,
            "best": enrolment.best,
            "completed": enrolment.completed_at and timezone.localdate(enrolment.completed_at),
            "standing": self.standings[standing_of(enrolment)],
            "kind": KINDS.get(standing_of(enrolment), ""),
        }

    def table(self, enrolments: Iterable[Enrolment]) -> Iterator[list[Any]]:
        """The headings, then a line for each; dates as 2026-12-31, which every spreadsheet reads."""
        yield list(self.headings.values())
        for enrolment in enrolments:
            row = self.row(enrolment)
            yield [row[name] for name in COLUMNS]


def _said(words: dict[str, Promise]) -> dict[str, str]:
    return {key: str(label) for key, label in words.items()}


def by_setting_and_language(module: Module, enrolments: QuerySet[Enrolment]) -> list[Row]:
    names, locale = settings_of(module), current_language()
    return [
        {
            **cell,
            "setting": say(names.get(cell["setting"], {}), locale)[0] or cell["setting"],
            "language": LANGUAGES[cell["locale"]],
        }
        for cell in results(enrolments)
    ]


def settings_of(module: Module) -> dict[str, Words]:
    """Every setting that an edition of the module has or had, named as in the newest that has it."""
    names: dict[str, Words] = {}
    for release in module.releases.defer("document").order_by("-number"):
        for setting in release.content.settings:
            names.setdefault(setting.key, setting.name)
    return names


def setting_name(release: Release, key: str, locale: str) -> tuple[str, str]:
    """With the language that the name is in, which is another where the edition does not have `locale`."""
    setting = release.content.setting(key)
    return say(setting.name, locale) if setting else (key, locale)


def say(words: Words, locale: str) -> tuple[str, str]:
    """Words and their language: `locale`, or the one there is."""
    language = locale if locale in words else next(iter(words), locale)
    return words.get(language, ""), language
