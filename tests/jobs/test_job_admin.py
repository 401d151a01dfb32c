import pytest

from jobs.mail import queue_mail
from jobs.models import Job

pytestmark = pytest.mark.django_db


def test_administrator_tries_failed_job_again(admin_client, handled):
    job = Job.objects.create(kind="note", state="failed", attempts=8, finished_at="2026-11-22T12:00Z")
    data = {"action": "try_again", "_selected_action": [job.pk]}
    assert admin_client.post("/admin/jobs/job/", data).status_code == 302
    job.refresh_from_db()
    assert (job.state, job.attempts, job.finished_at) == ("pending", 0, None)


def test_administrator_sees_that_a_mail_went_out_but_not_its_words(admin_client):
    row = queue_mail(to="ana@example.org", subject="Hello", body="Only for Ana", language="en")
    page = admin_client.get(f"/admin/jobs/mail/{row.pk}/change/").content.decode()
    assert ("Hello" in page, "Only for Ana" in page) == (True, False)


@pytest.mark.parametrize("path", ["job/add/", "mail/add/"])
def test_rows_are_not_made_by_hand(path, admin_client):
    assert admin_client.get(f"/admin/jobs/{path}").status_code == 403
