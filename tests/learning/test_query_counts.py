import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.models import Attempt, Enrolment
from tests import factories

pytestmark = pytest.mark.django_db
NOT_COUNTED = {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"}


def queries(act) -> list[str]:
    """What `act` asks of the database; the bounds of transactions are not questions."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"] for query in captured if query["sql"].split()[0] not in NOT_COUNTED]


def big_document(lessons: int = 1, questions: int = 10, **fields):
    steps = factories.document().steps
    more = tuple(factories.lesson(f"l{place}") for place in range(lessons - 1))
    bank = tuple(factories.question(f"{form.lower()}{n}", form) for form in "AB" for n in range(questions))
    return factories.document(steps=(*steps[:2], *more, *steps[2:]), questions=bank, **fields)


def learner(number: int = 0, content=None, locale: str = "en") -> Enrolment:
    row = factories.enrolment(locale=locale, by=factories.user(f"nurse{number}@example.org"), content=content)
    row.content  # noqa: B018 decoded once per process
    return row


def get(client, row: Enrolment, name: str, *args, locale: str = "en"):
    client.force_login(row.user)
    client.get(f"/{locale}/help/")  # the help lines come from the cache
    url = reverse(f"learning:{name}", args=["basics", *args]).replace("/en/", f"/{locale}/")
    return queries(lambda: client.get(url))


def test_lesson_page_costs_four_queries_when_opened_before(client):
    row = learner()
    get(client, row, "step", "shared")
    assert len(get(client, row, "step", "shared")) == 4


def test_first_opening_of_a_lesson_costs_at_most_eight_queries(client):
    assert len(get(client, learner(), "step", "shared")) <= 8


@pytest.mark.parametrize(
    "page, args", [("path", ()), ("step", ("shared",)), ("step", ("final-test",)), ("continue", ())]
)
@pytest.mark.parametrize("case", ["lessons", "learners", "languages"])
def test_cost_of_a_page_does_not_grow(case, page, args, client):
    def cost(size: int) -> int:
        key = f"m{case}{size}"
        locales = ("en", "es") if case != "languages" or size > 1 else ("en",)
        content = big_document(lessons=size if case == "lessons" else 1, key=key, locales=locales)
        people = size if case == "learners" else 1
        rows = [
            factories.enrolment(by=factories.user(f"{key}{number}@example.org"), content=content)
            for number in range(people)
        ]
        row = rows[-1]
        row.content  # noqa: B018 decoded once per process
        client.force_login(row.user)
        url = reverse(f"learning:{page}", args=[key, *args])
        client.get(url)
        return len(queries(lambda: client.get(url)))

    small, large = {"lessons": (10, 60), "learners": (1, 20), "languages": (1, 2)}[case]
    assert cost(small) == cost(large)


def test_training_page_costs_the_same_for_one_and_three_modules(client):
    nurse = factories.user()
    client.force_login(nurse)

    def cost(modules: int) -> int:
        for place in range(modules):
            row = factories.enrolment(by=nurse, content=factories.document(key=f"m{place}"))
            row.content  # noqa: B018 decoded once per process
        client.get("/en/training/")
        return len(queries(lambda: client.get("/en/training/")))

    assert cost(1) == cost(3)


def test_answering_a_ten_question_test_costs_at_most_35_queries(client):
    """Five requests: start, page, one save of all answers, hand in, result."""
    row = learner(content=big_document())
    for step in row.progress.missing[:-2]:
        factories.finish(row, step.key)
    client.force_login(row.user)
    client.get("/en/help/")
    step = reverse("learning:step", args=["basics", "final-test"])
    page = f"{step}1/"
    costs = {"start": len(queries(lambda: client.post(step)))}
    costs["page"] = len(queries(lambda: client.get(page)))
    answers = {f"q{r.place}": r.order.index("b") + 1 for r in Attempt.objects.get(stage="post").responses.all()}
    assert len(answers) == 10
    costs["save"] = len(queries(lambda: client.post(page, {**answers, "save": "1"})))
    costs["submit"] = len(queries(lambda: client.post(page, answers)))
    costs["result"] = len(queries(lambda: client.get(f"{page}result/")))
    assert Attempt.objects.get(stage="post").passed
    assert sum(costs.values()) <= 35, costs
