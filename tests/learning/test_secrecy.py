"""Before a test is handed in, no answer of the server says what is right: not by text, key, value, order or header."""

from collections import Counter

import pytest
from msgspec.structs import replace

from learning.models import Attempt, Enrolment
from learning.services.attempts import start_attempt
from tests import factories
from tests.learning.reading import Page

pytestmark = pytest.mark.django_db
SECRETS = ("the-right-key", "the-wrong-key", "feedback", "explanation", "data-correct")


def secret_option(key: str, correct: bool):
    said = factories.words(f"answer {key[-1]}")
    return replace(factories.option(key, correct), text=said)


def secret_document():
    """Options whose keys would give them away."""
    options = (
        secret_option("the-right-key-1", True),
        secret_option("the-wrong-key-2", False),
        secret_option("the-wrong-key-3", False),
    )
    questions = tuple(
        replace(factories.question(f"{form.lower()}{number}", form), options=options)
        for form in "AB"
        for number in (1, 2)
    )
    blocks = tuple(
        replace(block, options=options) if block.key == "check" else block
        for block in factories.lesson("shared").blocks
    )
    steps = tuple(
        replace(step, blocks=blocks) if hasattr(step, "blocks") else step for step in factories.document().steps
    )
    return factories.document(steps=steps, questions=questions)


@pytest.fixture
def learner(client) -> Enrolment:
    row = factories.enrolment(content=secret_document())
    client.force_login(row.user)
    return row


def told(response) -> list[str]:
    everything = response.content.decode() + str(dict(response.headers)) + response.cookies.output()
    return [secret for secret in SECRETS if secret in everything]


def crawl(client, start: str) -> dict[str, list[str]]:
    """Every page of learning that can be reached by links, and the secrets each one tells."""
    found, waiting = {}, [start]
    while waiting:
        url = waiting.pop().partition("#")[0]
        if url in found or not url.startswith(
            ("/en/learn/", "/es/learn/", "/en/training", "/es/training", "/en/modules")
        ):
            continue
        response = client.get(url, follow=True)
        found[url] = told(response)
        waiting += Page(response).links
    return found


def test_no_page_of_a_fresh_enrolment_tells_an_answer(learner, client):
    found = crawl(client, "/en/learn/basics/")
    assert {"/en/learn/basics/steps/shared/", "/es/learn/basics/steps/shared/", "/en/training/"} <= found.keys()
    assert {url: secrets for url, secrets in found.items() if secrets} == {}


@pytest.mark.parametrize("key", ["first-test", "final-test"])
def test_no_page_of_a_test_under_way_tells_an_answer(key, learner, client):
    if key == "final-test":
        for step in ("shared", "clinic-lesson", "clinic-case"):
            factories.finish(learner, step)
        pre = client.post("/en/learn/basics/steps/first-test/")["Location"]
        client.post(pre, {"q1": 1, "q2": 1})
    page = client.post(f"/en/learn/basics/steps/{key}/")["Location"]
    responses = [
        client.get(page),
        client.post(page, {"q1": 1}),
        client.post(page, {"q1": 1, "save": 1}),
        client.get(f"{page}result/"),
        client.get(f"/en/learn/basics/steps/{key}/"),
        client.put(
            f"/api/v1/attempts/{Attempt.objects.latest('pk').pk}/answers/1/",
            {"chosen": [1]},
            content_type="application/json",
        ),
    ]
    assert [response.status_code for response in responses] == [200, 422, 302, 302, 200, 200]
    assert [told(response) for response in responses] == [[]] * 6


def test_options_of_a_test_are_named_by_their_places(learner, client):
    page = client.post("/en/learn/basics/steps/first-test/")["Location"]
    assert Page(client.get(page)).offered == [
        (f"q{question}", str(place)) for question in (1, 2) for place in (1, 2, 3)
    ]


def test_options_of_a_check_are_named_by_their_places(learner, client):
    offered = Page(client.get("/en/learn/basics/steps/shared/")).offered
    assert [value for name, value in offered if name == "check.choice"] == ["1", "2", "3"]


def test_order_of_a_test_is_the_same_at_every_look(learner, client):
    page = client.post("/en/learn/basics/steps/first-test/")["Location"]
    texts = {
        client.get(page).content.decode().partition('<form id="test"')[2].partition("answer")[2] for _look in range(3)
    }
    assert len({"".join(text.split("csrf")[:1]) for text in texts}) == 1


def test_right_option_stands_anywhere(learner):
    """Of 120 questions each of three places gets its share; a fair die misses these bounds once in 10,000 runs."""
    places = Counter()
    for number in range(60):
        row = factories.enrolment(by=factories.user(f"nurse{number}@example.org"))
        attempt = start_attempt(enrolment=row, step=row.content.step("first-test"), locale="en", by=row.user)
        places.update(response.order.index("the-right-key-1") for response in attempt.responses.all())
    assert sum(places.values()) == 120
    assert all(18 <= places[place] <= 64 for place in range(3)), places


def test_first_test_never_explains_since_it_is_the_twin_of_the_final_one(learner, client):
    attempt = client.post("/en/learn/basics/steps/first-test/")["Location"]
    client.post(attempt, {"q1": 1, "q2": 1})
    assert told(client.get(f"{attempt}result/")) == []


def failed(row: Enrolment, client) -> str:
    for step in ("first-test", "shared", "clinic-lesson", "clinic-case"):
        row = factories.finish(row, step)
    factories.hand_in(row, right=False)
    client.force_login(row.user)
    return client.get("/en/learn/basics/steps/final-test/1/result/").content.decode()


@pytest.mark.parametrize("allowed, explained", [(None, False), (2, False), (1, True)])
def test_failed_test_explains_only_when_no_attempt_is_left(allowed, explained, client):
    text = failed(factories.enrolment(content=factories.document(attempts_allowed=allowed)), client)
    assert ("explanation b1 (English)" in text or "explanation a1 (English)" in text) is explained


def test_passed_test_explains_every_question(row, client):
    factories.finish_all(row)
    client.force_login(row.user)
    text = client.get("/en/learn/basics/steps/final-test/1/result/").content.decode()
    form = Attempt.objects.get(stage="post").form.lower()
    assert [f"explanation {form}{number} (English)" in text for number in (1, 2)] == [True, True]
