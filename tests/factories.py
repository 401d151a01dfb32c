"""One unsurprising maker for each thing a test needs."""

from datetime import date

from django.contrib.auth import get_user_model

from courses.document import (
    Case,
    CaseChoice,
    CaseNode,
    Category,
    Check,
    Document,
    Lesson,
    Objective,
    Option,
    Question,
    Section,
    Setting,
    Sort,
    SortItem,
    Source,
    Survey,
    SurveyItem,
    SurveyOption,
    Test,
    Text,
    digest,
    encode,
)
from courses.models import Module, Release, ReleaseEvent
from learning.models import Attempt, Enrolment
from learning.services import attempts, enrolments, practice, steps, surveys

DATES = {"released_on": date(2026, 1, 1), "review_on": date(2098, 1, 1), "terminates_on": date(2099, 1, 1)}


def words(text: str) -> dict[str, str]:
    """English and Spanish that cannot be taken for each other."""
    return {"en": f"{text} (English)", "es": f"{text} (español)"}


def option(key: str, correct: bool = False) -> Option:
    return Option(key=key, text=words(f"option {key}"), correct=correct, feedback=words(f"feedback {key}"))


def question(key: str, form: str, objective: str = "stop", settings: tuple[str, ...] = ()) -> Question:
    """Option b is right."""
    return Question(
        key=key,
        form=form,
        objective=objective,
        settings=settings,
        stem=words(f"question {key}"),
        options=(option("a"), option("b", correct=True), option("c")),
        explanation=words(f"explanation {key}"),
        sources=("law",),
    )


def lesson(key: str, settings: tuple[str, ...] = (), **fields) -> Lesson:
    """A text, a check where b is right, and a sort of two items."""
    return Lesson(
        key=key,
        section="learn",
        title=words(f"lesson {key}"),
        minutes=3,
        settings=settings,
        summary=words(f"<p>summary {key}</p>"),
        blocks=(
            Text(key="intro", heading=words("heading"), html=words(f"<p>body {key}</p>"), sources=("law",)),
            Check(key="check", stem=words("check"), options=(option("a"), option("b", correct=True), option("c"))),
            Sort(
                key="sort",
                stem=words("sort"),
                categories=(Category(key="one", text=words("one")), Category(key="two", text=words("two"))),
                items=tuple(
                    SortItem(key=item, text=words(item), category=category, feedback=words(f"feedback {item}"))
                    for item, category in (("first", "one"), ("second", "two"))
                ),
            ),
        ),
        **fields,
    )


def case(key: str, settings: tuple[str, ...] = ()) -> Case:
    """arrival → (ask → alone → end) or (leave → end)."""

    def choice(name: str, to: str) -> CaseChoice:
        return CaseChoice(key=name, to=to, text=words(name), feedback=words(f"feedback {name}"))

    return Case(
        key=key,
        section="learn",
        title=words(f"case {key}"),
        minutes=4,
        settings=settings,
        summary=words("<p>summary</p>"),
        start="arrival",
        nodes=(
            CaseNode(
                key="arrival", html=words("<p>arrival</p>"), choices=(choice("ask", "alone"), choice("leave", "end"))
            ),
            CaseNode(key="alone", html=words("<p>alone</p>"), choices=(choice("listen", "end"),)),
            CaseNode(key="end", html=words("<p>end</p>"), ending="strong"),
        ),
    )


def test_step(key: str, stage: str) -> Test:
    return Test(key=key, section="learn", title=words(key), minutes=5, stage=stage, intro=words("<p>intro</p>"))


test_step.__test__ = False


def survey_step() -> Survey:
    return Survey(
        key="survey",
        section="learn",
        title=words("survey"),
        minutes=1,
        intro=words("<p>intro</p>"),
        items=(
            SurveyItem(key="ready", kind="scale", prompt=words("ready"), low=words("low"), high=words("high")),
            SurveyItem(
                key="applies",
                kind="choice",
                prompt=words("applies"),
                options=tuple(SurveyOption(key=key, text=words(key)) for key in ("all", "some")),
            ),
            SurveyItem(key="comment", kind="text", prompt=words("comment")),
        ),
    )


def setting(key: str) -> Setting:
    return Setting(key=key, icon="people", name=words(key), places=words(f"places {key}"))


def document(**fields) -> Document:
    """Two settings, clinic and school: a shared lesson, a lesson and a case for each, tests of two questions."""
    return Document(
        **{
            "key": "basics",
            "locales": ("en", "es"),
            **{
                name: words(name)
                for name in (
                    "title",
                    "summary",
                    "description",
                    "audience",
                    "authors",
                    "provider",
                    "credit",
                    "statement",
                )
            },
            "pass_mark": 80,
            "attempts_allowed": None,
            **DATES,
            "settings": (setting("clinic"), setting("school")),
            "objectives": (Objective(key="stop", text=words("objective stop")),),
            "sections": (Section(key="learn", accent="stop", title=words("section")),),
            "steps": (
                test_step("first-test", "pre"),
                lesson("shared"),
                lesson("clinic-lesson", ("clinic",)),
                lesson("school-lesson", ("school",)),
                case("clinic-case", ("clinic",)),
                case("school-case", ("school",)),
                test_step("final-test", "post"),
                survey_step(),
            ),
            "questions": tuple(question(f"{form.lower()}{number}", form) for form in "AB" for number in (1, 2)),
            "sources": (Source(key="law", citation=words("the law"), checked_on=date(2026, 1, 1)),),
            **fields,
        }
    )


def release(content: Document | None = None, number: int = 1) -> Release:
    """A release of `content`, open in its locales, without drafts behind it."""
    content = content or document()
    module, _created = Module.objects.get_or_create(key=content.key, defaults={"pass_mark": content.pass_mark, **DATES})
    data = encode(content)
    row = Release.objects.create(
        module=module, number=number, locales=list(content.locales), document=data.decode(), digest=digest(data)
    )
    ReleaseEvent.objects.bulk_create(
        ReleaseEvent(release=row, locale=locale, kind="opened") for locale in content.locales
    )
    return row


def user(email: str = "nurse@example.org", **fields):
    return get_user_model().objects.create_user(email, **fields)


def enrolment(setting: str = "clinic", locale: str = "en", by=None, content: Document | None = None) -> Enrolment:
    by = by or user()
    content = content or document()
    if not Release.objects.filter(module__key=content.key).exists():
        release(content)
    return enrolments.enrol(user=by, module_key=content.key, setting=setting, locale=locale, by=by)


def finish(row: Enrolment, key: str) -> Enrolment:
    """Finishes one step of any kind as a learner would, and returns the enrolment as it then is."""
    step, by = row.content.step(key), row.user
    if isinstance(step, Lesson):
        steps.finish_lesson(enrolment=row, step=step, locale="en", by=by)
    elif isinstance(step, Case):
        practice.decide(enrolment=row, step=step, run=1, node="arrival", choice=leaving(step), locale="en", by=by)
    elif isinstance(step, Test):
        hand_in(row, key)
    else:
        surveys.answer_survey(enrolment=row, step=step, answers={"ready": "4"}, locale="en", by=by)
    return Enrolment.objects.get(pk=row.pk)


def leaving(step: Case) -> str:
    """The last choice of the first node leads to an ending."""
    return step.node("arrival").choices[-1].key


def hand_in(row: Enrolment, key: str = "final-test", right: bool = True) -> Attempt:
    """An attempt at a test, all right or all wrong, handed in."""
    attempt = attempts.start_attempt(enrolment=row, step=row.content.step(key), locale="en", by=row.user)
    wanted = "b" if right else "a"
    chosen = {response.place: [response.order.index(wanted) + 1] for response in attempt.responses.all()}
    attempts.save_answers(attempt=attempt, chosen=chosen, locale="en", by=row.user)
    return attempts.submit(attempt=attempt, locale="en", by=row.user)


def finish_all(row: Enrolment) -> Enrolment:
    """The whole path: the enrolment is completed."""
    while following := row.progress.next:
        row = finish(row, following.key)
    return row
