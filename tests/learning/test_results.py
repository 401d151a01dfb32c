import pytest

from tests import factories

pytestmark = pytest.mark.django_db

RESULT = "/en/learn/basics/steps/final-test/1/result/"
READ_AGAIN = '<a href="/en/learn/basics/steps/shared/">lesson shared (English)</a>'


@pytest.fixture
def ready():
    """Everything but the final test and the survey is done; the shared lesson serves the objective of the test."""
    steps = [
        factories.lesson(step.key, objective="stop") if step.key in ("shared", "school-lesson") else step
        for step in factories.document().steps
    ]
    row = factories.enrolment(content=factories.document(steps=tuple(steps)))
    while row.progress.next.key != "final-test":
        row = factories.finish(row, row.progress.next.key)
    return row


def page(client, row) -> str:
    client.force_login(row.user)
    return client.get(RESULT).content.decode()


def test_failed_result_links_the_lessons_of_what_was_lost(client, ready):
    factories.hand_in(ready, right=False)
    html = page(client, ready)
    assert READ_AGAIN in html
    assert "lesson clinic-lesson (English)" not in html


def test_passed_result_sends_nobody_back(client, ready):
    factories.hand_in(ready)
    assert "Read again:" not in page(client, ready)


def test_test_under_way_and_its_result_link_every_unmet_requirement(client, ready):
    client.force_login(ready.user)
    client.post("/en/learn/basics/steps/final-test/")
    links = [f'<a href="/en/learn/basics/steps/{key}/">' for key in ("final-test", "survey")]
    for page in ("1/", "1/result/"):
        html = client.get(f"/en/learn/basics/steps/final-test/{page}").content.decode()
        assert [link in html for link in links] == [True, True]
        factories.hand_in(ready, right=False)
