from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import connection

from jobs import services
from jobs.models import Job

WORKERS = 4


@pytest.mark.django_db(transaction=True)
def test_workers_draining_together_do_each_job_once(handled):
    for n in range(40):
        services.enqueue(kind="note", payload={"n": n})
    start = Barrier(WORKERS)

    def work() -> None:
        start.wait()
        services.drain()
        connection.close()

    workers = [Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(payload["n"] for payload in handled) == list(range(40))
    assert Counter(Job.objects.values_list("state", "attempts")) == {("done", 1): 40}
