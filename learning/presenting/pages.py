"""Each page of a learner: its template and what it holds. The same for somebody enrolled and for a preview."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils import timezone

from courses.choices import Form
from courses.document import Case, Document, Lesson, Question, Step, Survey, Test
from courses.models import Release
from courses.paths import Path
from learning.cases import Decision
from learning.presenting import assessments, catalogue, credit, lessons, practice, surveys
from learning.presenting.addresses import OWN, Addresses
from learning.presenting.assessments import Sat, Sheet
from learning.presenting.frame import frame, link, overview, unmet
from learning.presenting.learner import Learner
from learning.presenting.lessons import Answer, Unsent
from learning.presenting.words import say, show
from learning.scoring import needed

Context = dict[str, Any]


class Page(NamedTuple):
    template: str
    context: Context


def module(
    content: Document,
    number: int,
    locale: str,
    learner: Learner | None = None,
    addresses: Addresses = OWN,
    profession: str | None = None,
) -> Page:
    """`learner` is whoever is enrolled already; `profession` is as in presenting/credit.py."""
    context = {
        "module": catalogue.module(content, number, locale),
        "offers": credit.offers(content, number, locale, timezone.localdate(), profession),
        "enrolment": learner,
        "choose_url": addresses.choose_setting(content.key),
        "go_on_url": addresses.go_on(content.key),
        "path_url": addresses.path(content.key),
    }
    return Page("learning/module.html", context)


def choose_setting(
    content: Document,
    number: int,
    locale: str,
    chosen: str = "",
    unchosen: bool = False,
    addresses: Addresses = OWN,
    profession: str = "",
) -> Page:
    context = {
        "credit": credit.summary(content, number, locale, timezone.localdate(), profession),
        "module_url": addresses.module(content.key),
        "module": {"key": content.key, "title": say(content.title, locale)},
        "settings": catalogue.settings(content, locale, chosen),
        "unchosen": unchosen,
    }
    return Page("learning/choose_setting.html", context)


def path(learner: Learner, locale: str, newer: Release | None = None, addresses: Addresses = OWN) -> Page:
    """`newer` is an edition that the learner may move to."""
    context = {
        **overview(learner, locale, addresses=addresses),
        "unmet": unmet(learner, locale, addresses),
        "go_on_url": addresses.go_on(learner.content.key),
        "certificate_url": addresses.certificate(learner.content.key),
        "newer": newer,
    }
    return Page("learning/path.html", context)


def not_open_yet(learner: Learner, step: Step, waits_for: Path, locale: str, addresses: Addresses = OWN) -> Page:
    links = [link(learner, other, locale, addresses) for other in waits_for]
    return Page("learning/not_open_yet.html", {**frame(learner, step, locale, addresses), "waits_for": links})


def lesson(
    learner: Learner,
    digest: str,
    step: Lesson,
    answers: Mapping[str, Answer],
    locale: str,
    unsent: Unsent | None = None,
    addresses: Addresses = OWN,
) -> Page:
    """`digest` is the release's; a draft has none."""
    context = {
        **frame(learner, step, locale, addresses),
        **lessons.lesson(learner.content, digest, step, answers, locale, unsent),
        "practice": any(lessons.is_exercise(block) for block in step.blocks),
        "seen_url": addresses.seen(learner.content.key, step.key),
    }
    return Page("learning/lesson.html", context)


def case(
    learner: Learner,
    step: Case,
    run: int,
    decisions: Sequence[Decision],
    locale: str,
    *,
    chosen: str = "",
    error: str = "",
    addresses: Addresses = OWN,
) -> Page:
    context = {
        **frame(learner, step, locale, addresses),
        **practice.case(learner.content, step, run, decisions, locale),
        "decision_url": addresses.decision(learner.content.key, step.key),
        "again_url": addresses.again(learner.content.key, step.key),
        "chosen": chosen,
        "error": error,
    }
    return Page("learning/case.html", context)


def survey(
    learner: Learner,
    step: Survey,
    given: Mapping[str, str],
    locale: str,
    error: str = "",
    addresses: Addresses = OWN,
) -> Page:
    context = {**frame(learner, step, locale, addresses), **surveys.survey(step, given, locale), "error": error}
    return Page("learning/survey.html", context)


def before_test(
    learner: Learner,
    step: Test,
    form: Form,
    attempts: Sequence[Sat],
    allowed: int | None,
    locale: str,
    addresses: Addresses = OWN,
) -> Page:
    """Before a test: what awaits, what was done, and one button."""
    content = learner.content
    total = len(content.questions_for(form, learner.setting))
    context = {
        **frame(learner, step, locale, addresses),
        "intro": show(step.intro, locale),
        "graded": step.stage == "post",
        "questions": total,
        "needed": needed(total, content.pass_mark),
        "pass_mark": content.pass_mark,
        "attempts": [
            {"row": attempt, "url": addresses.result(content.key, step.key, attempt.number)}
            for attempt in attempts
            if attempt.submitted_at
        ],
        "under_way": any(attempt.submitted_at is None for attempt in attempts),
        "passed": any(attempt.passed for attempt in attempts),
        "attempts_allowed": allowed,
        "granted": allowed - content.attempts_allowed if allowed else 0,
        "used_up": allowed is not None and len(attempts) >= allowed,
    }
    return Page("learning/test.html", context)


def attempt(
    learner: Learner,
    step: Test,
    sat: Sat,
    asked: Sequence[Question],
    sheets: Sequence[Sheet],
    locale: str,
    gaps: Sequence[int] = (),
    addresses: Addresses = OWN,
) -> Page:
    context = {
        **frame(learner, step, locale, addresses),
        "unmet": unmet(learner, locale, addresses),
        "questions": assessments.questions(sat, asked, sheets, locale, addresses),
        "attempt": sat,
        "graded": sat.stage == "post",
        "gaps": gaps,
    }
    return Page("learning/attempt.html", context)


def result(
    learner: Learner,
    step: Test,
    content: Document,
    sat: Sat,
    asked: Sequence[Question],
    sheets: Sequence[Sheet],
    allowed: int | None,
    locale: str,
    addresses: Addresses = OWN,
) -> Page:
    """`content` is the edition that the attempt was taken in, which the learner may have left since."""
    context = {
        **frame(learner, step, locale, addresses),
        "unmet": unmet(learner, locale, addresses),
        **assessments.result(learner, content, sat, asked, sheets, allowed, locale, addresses),
        "attempt": sat,
        "graded": sat.stage == "post",
        "try_again_url": addresses.try_again(learner.content.key, step.key),
    }
    return Page("learning/result.html", context)
