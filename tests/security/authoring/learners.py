"""People who learn from the hostile module, each somewhere else on the way."""

from collections.abc import Iterator
from typing import NamedTuple

from django.test import Client

from accounts.models import User
from certificates.choices import ItemState, ReissueKind
from certificates.models import Certificate, CorrectionRequest
from certificates.services import reissuing, transcripts
from certificates.services.corrections import refuse
from courses.models import Module, Release, Step
from courses.services.releases import publish, recall
from learning.models import Enrolment
from learning.services.attempts import start_attempt
from learning.services.grants import grant_attempt
from learning.services.practice import answer_check, decide
from learning.services.surveys import answer_survey
from tests import factories
from tests.security.authoring import visits
from tests.security.authoring.forms import forms_on
from tests.security.authoring.module import (
    ANSWERED,
    BROKEN,
    COMMENTED,
    CORRECTED,
    GRANTED,
    NAMED,
    NOTE,
    REISSUED,
    person,
    write,
)
from tests.security.authoring.visits import Visit
from tests.security.authoring.walking import Seen, walk
from tests.security.authoring.words import hostile
from tests.security.conftest import signed_in

NAME_PAGE = Visit("certificates:name", ("basics",))
LESSONS = ("shared", "clinic-lesson")
ANSWERS = [
    {"check": ["a"], "sort": {"first": "one", "second": "two"}},
    {"check": ["b"], "sort": {"first": "two", "second": "one"}},
]


def on_the_way(setting: str = "clinic") -> Enrolment:
    return factories.enrolment(setting, by=person(f"{setting}{Enrolment.objects.count()}"))


def now(row: Enrolment) -> Enrolment:
    return Enrolment.objects.get(pk=row.pk)


def until(row: Enrolment, key: str) -> Enrolment:
    while row.progress.next.key != key:
        row = factories.finish(row, row.progress.next.key)
    return row


def answering() -> Iterator[Seen]:
    """Each choice of the lessons' exercises, with what is said of it."""
    row = on_the_way()
    for number, answers in enumerate(ANSWERS, start=1):
        for step in map(row.content.step, LESSONS):
            for key, chosen in answers.items():
                block = next(block for block in step.blocks if block.key == key)
                about = {"enrolment": now(row), "step": step, "block": block, "locale": "en", "by": row.user}
                answer_check(**about, chosen=chosen, number=number)
        yield walk(signed_in(row.user), [Visit("learning:step", ("basics", key)) for key in LESSONS])


def playing() -> Iterator[Seen]:
    """A practice case of each setting to its end."""
    for setting in ("clinic", "school"):
        row, key = on_the_way(setting), f"{setting}-case"
        about = {"enrolment": row, "step": row.content.step(key), "locale": "en", "by": row.user}
        decide(**about, run=1, node="arrival", choice="ask")
        yield walk(signed_in(row.user), [Visit("learning:step", ("basics", key))])


def tested() -> Iterator[Seen]:
    """Two who failed the final test at their last attempt: one met form A in it, the other form B."""
    for _form in "AB":
        row = until(on_the_way(), "first-test")
        start_attempt(enrolment=row, step=row.content.step("first-test"), locale="en", by=row.user)
        browser = signed_in(row.user)
        yield walk(browser, [Visit("learning:attempt", ("basics", "first-test", 1))])
        factories.hand_in(row, "first-test")
        row = until(now(row), "final-test")
        yield walk(browser, [Visit("learning:step", ("basics", "final-test"))])
        factories.hand_in(row, right=False)
        yield walk(browser, [Visit("learning:result", ("basics", "final-test", 1))])


def surveyed() -> Iterator[Seen]:
    """The closing survey, and the way after it was sent with a comment."""
    row = until(on_the_way(), "survey")
    yield walk(signed_in(row.user), [Visit("learning:step", ("basics", "survey")), Visit("learning:path", ("basics",))])
    step, answers = row.content.step("survey"), {"comment": hostile(COMMENTED, "en", NOTE)}
    answer_survey(enrolment=row, step=step, answers=answers, locale="en", by=row.user)
    yield walk(signed_in(row.user), [Visit("learning:training"), Visit("learning:path", ("basics",))])


def moved(by: User) -> Iterator[Seen]:
    """A newer edition beside the learner's own, and then no way back to the old one."""
    row, step = on_the_way(), Step.objects.get(key="shared")
    write(step, step.module, by, minutes=9)
    publish(module=step.module, by=by)
    browser = signed_in(row.user)
    yield walk(browser, visits.moving())
    for locale in ("en", "es"):
        recall(release=Release.objects.get(number=1), locale=locale, reason=hostile(NAMED, "en", NOTE), by=by)
    yield walk(browser, visits.moving())


def failed() -> Enrolment:
    """Of somebody who needs one attempt more."""
    row = until(on_the_way(), "final-test")
    factories.hand_in(row, right=False)
    return row


def granted(by: User) -> User:
    """Somebody who was given it, for a hostile reason."""
    row = failed()
    grant_attempt(enrolment=row, stage="post", reason=hostile(GRANTED, "en", NOTE), by=by)
    return row.user


def at_an_attempt() -> Client:
    """The browser of somebody in the first test."""
    row = on_the_way()
    start_attempt(enrolment=row, step=row.content.step("first-test"), locale="en", by=row.user)
    return signed_in(row.user)


def at_the_survey() -> Client:
    """The browser of somebody who has only the survey left."""
    return signed_in(until(on_the_way(), "survey").user)


def unnamed() -> Client:
    """The browser of somebody who has not confirmed a name yet."""
    return signed_in(factories.finish_all(on_the_way()).user)


class Holder(NamedTuple):
    browser: Client
    code: str
    transcript: int

    @property
    def visits(self) -> Iterator[Visit]:
        return visits.certified(self.code, self.transcript)


def certified() -> Holder:
    """Somebody who has confirmed a hostile name, then asked for another, and for a transcript."""
    browser = unnamed()
    send_form(browser, NAME_PAGE, printed_name=hostile(NAMED, "en", 120))
    certificate = Certificate.objects.latest("pk")
    asked = {"printed_name": hostile(CORRECTED, "en", 120), "reason": hostile(CORRECTED, "en", NOTE)}
    send_form(browser, Visit("certificates:correction", (certificate.shown_code,)), **asked)
    holder = certificate.completion.enrolment.user
    transcript = transcripts.order(user=holder, language="en", by=holder)
    return Holder(browser, certificate.shown_code, transcript.pk)


def send_form(browser: Client, page: Visit, **values: str) -> None:
    """The form that has these fields, by the button that does nothing but send it."""
    for sent in forms_on(browser, [page]):
        names = {field.name for field in sent.form.typed}
        if names >= set(values) and not (sent.button and sent.button.name):
            sent.with_values(**values).send(browser)


def proved(by: User) -> Iterator[Seen]:
    """A certificate's pages, for its holder before and after an answer, and for whoever holds the code."""
    holder = certified()
    yield walk(holder.browser, holder.visits)
    refuse(request=CorrectionRequest.objects.get(), answer=hostile(ANSWERED, "en", NOTE), by=by)
    yield walk(holder.browser, holder.visits)
    yield walk(Client(), [Visit("certificates:verified", (holder.code,))])


def reissued(module: Module, by: User) -> list[int]:
    """A reissue that failed, and one that is under way."""
    return [_reissue(module, by, state=ItemState.FAILED, error=hostile(BROKEN, "en")), _reissue(module, by)]


def _reissue(module: Module, by: User, **outcome: str) -> int:
    row = reissuing.begin(module=module, kind=ReissueKind.REDRAW, reason=hostile(REISSUED, "en", NOTE), by=by)
    row.items.update(**outcome or {"state": ItemState.PENDING})
    return row.pk
