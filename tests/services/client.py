"""Confirms names, as a web process does: the completions to confirm come in line by line, until there are no more."""

import sys
import time

import django

django.setup()

from django.db import Error, close_old_connections, connection  # noqa: E402

from certificates.services.issuing import issue  # noqa: E402
from learning.models import Completion  # noqa: E402

PAUSE = 0.05


def confirm(pk: int) -> int:
    """How often a learner had to press the button again."""
    again = 0
    while not _issued(pk):
        again += 1
        time.sleep(PAUSE)
    close_old_connections()
    return again


def _issued(pk: int) -> bool:
    try:
        completion = Completion.objects.select_related("enrolment__user", "release").get(pk=pk)
        issue(completion=completion, offer="completion", printed_name="Ana Núñez", by=completion.enrolment.user)
    except Error:
        connection.close()
        return False
    return True


if __name__ == "__main__":
    print(sum(confirm(int(line)) for line in sys.stdin), flush=True)  # noqa: T201
