"""What a learner's record rests on: answers, decisions, changes of the path."""

from typing import Any

from django.utils.translation import gettext as _

from courses.document import Case, Check, Lesson, Sort, Step
from courses.models import Release
from courses.paths import Path, path, receipt
from learning.cases import choice_made
from learning.models import Attempt, CheckAnswer, EditionMove, Enrolment, SettingChoice
from learning.presenting.assessments import explained
from learning.presenting.lessons import is_exercise
from learning.services.attempts import questions_of
from studio.presenting.learners import say, setting_name
from studio.wording import IN_BRACKETS, LANGUAGES
from support.languages import current_language

Context = dict[str, Any]


def attempts(row: Enrolment) -> list[Context]:
    return [_attempt(attempt) for attempt in row.attempts.all()]


def _attempt(attempt: Attempt) -> Context:
    """In the words of the edition that it was taken in."""
    responses, content = list(attempt.responses.all()), attempt.release.content
    locale = locale_of(attempt.release)
    return {
        "graded": attempt.stage == "post",
        "number": attempt.number,
        "form": attempt.form,
        "edition": attempt.release.number,
        "locale": locale,
        "language": IN_BRACKETS[attempt.locale],
        "at": attempt.at,
        "submitted_at": attempt.submitted_at,
        "right": attempt.right,
        "total": len(responses),
        "answered": sum(bool(response.chosen) for response in responses),
        "score": attempt.score,
        "pass_mark": attempt.pass_mark,
        "passed": attempt.passed,
        "answers": explained(content, questions_of(attempt, responses), responses, locale)
        if attempt.submitted_at
        else [],
    }


def practice(row: Enrolment, step: Step, locale: str) -> list[str]:
    """What was tried in a lesson or a case, in short."""
    if isinstance(step, Lesson):
        return _exercises(step, [answer for answer in row.check_answers.all() if answer.step == step.key])
    return _runs(step, row, locale) if isinstance(step, Case) else []


def _exercises(step: Lesson, answers: list[CheckAnswer]) -> list[str]:
    last = {answer.block: answer for answer in answers}
    exercises = {block.key: block for block in step.blocks if is_exercise(block)}
    right = [key for key, answer in last.items() if key in exercises and _is_right(exercises[key], answer.chosen)]
    summary = _(
        "Exercises answered: %(answered)s of %(total)s. Right at the last try: %(right)s. Tries in all: %(tries)s."
    ) % {"answered": len(last), "total": len(exercises), "right": len(right), "tries": len(answers)}
    return [summary] if answers else []


def _is_right(block: Check | Sort, chosen: Any) -> bool:
    if isinstance(block, Check):
        return frozenset(chosen) == block.right
    return all(chosen.get(item.key) == item.category for item in block.items)


def _runs(step: Case, row: Enrolment, locale: str) -> list[str]:
    runs: dict[int, list[str]] = {}
    for decision in row.case_decisions.all():
        if decision.step == step.key:
            made = choice_made(step, decision)
            text = say(made.text, locale)[0] if made else _("a choice that this edition does not have")
            runs.setdefault(decision.run, []).append(text)
    return [
        _("Run %(number)s: %(choices)s") % {"number": number, "choices": " → ".join(choices)}
        for number, choices in runs.items()
    ]


def changes(row: Enrolment) -> list[Context]:
    """Each choice of a setting and each move to another edition, in order, with what it kept, added and dropped."""
    facts = [*row.setting_choices.all(), *row.edition_moves.all()]
    return [_change(fact) for fact in sorted(facts, key=lambda fact: fact.at)]


def _change(fact: SettingChoice | EditionMove) -> Context:
    locale = locale_of(fact.release)
    return {
        "at": fact.at,
        "locale": locale,
        "language": LANGUAGES[fact.locale],
        "edition": fact.release.number,
        "setting": setting_name(fact.release, fact.setting, locale)[0],
        **(_moved(fact, locale) if isinstance(fact, EditionMove) else _chosen(fact, locale)),
    }


def _moved(fact: EditionMove, locale: str) -> Context:
    before, after = path(fact.before.content, fact.setting), path(fact.release.content, fact.setting)
    return {"what": "moved", "before": fact.before.number, "receipt": _receipt(before, after, locale)}


def _chosen(fact: SettingChoice, locale: str) -> Context:
    if not fact.before:
        return {"what": "began", "receipt": None}
    content = fact.release.content
    before, after = path(content, fact.before), path(content, fact.setting)
    name = setting_name(fact.release, fact.before, locale)[0]
    return {"what": "changed", "before": name, "receipt": _receipt(before, after, locale)}


def _receipt(before: Path, after: Path, locale: str) -> Context:
    difference = receipt(before, after)
    return {
        name: [say(step.title, locale)[0] for step in getattr(difference, name)]
        for name in ("kept", "added", "dropped")
    }


def locale_of(release: Release) -> str:
    here = current_language()
    return here if here in release.locales else release.locales[0]
