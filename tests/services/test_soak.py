"""Nothing that dies takes a certificate with it, or leaves two."""

import pytest

from tests.services import audit
from tests.services.soak import Soak

pytestmark = [pytest.mark.services, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ISSUES, KILLS, SEED = 60, 20, 2026


def test_kills_at_random_lose_and_double_nothing(tmp_path, transactional_db):
    """Rule: the job row is the queue, and whoever has the lease decides (docs/adr/0003-the-job-row-is-the-queue.md)."""
    with Soak(tmp_path, SEED) as soak:
        soak.run(issues=ISSUES, kills=KILLS)
    assert (audit.faults(), sum(soak.killed.values())) == ([], KILLS)
