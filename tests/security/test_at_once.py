"""Only PostgreSQL lets two clicks in at once; with SQLite they wait in line, and this passes for that reason."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from rest_framework.authtoken.models import Token

from accounts.services import make_token


@pytest.mark.django_db(transaction=True)
def test_two_keys_made_at_once_leave_one(learner):
    start = Barrier(4)

    def make(_click: int) -> str:
        start.wait(timeout=5)
        try:
            return make_token(user=learner, by=learner).key
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        keys = list(pool.map(make, range(4)))
    assert Token.objects.get(user=learner).key in keys
