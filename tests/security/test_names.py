import time
from functools import partial

import pytest

from accounts.forms import ProfileForm
from certificates.forms import ClaimForm
from certificates.names import NameRefused, Problem, accepted
from tests.certificates.factories import offer

FLOOD = "a" + "\u0301\u0316" * 200_000


@pytest.mark.parametrize("form", [ProfileForm, partial(ClaimForm, offer=offer(needs_license=False), locales=("en",))])
def test_flood_of_accents_is_refused_at_once(form):
    begin = time.perf_counter()
    errors = form({"printed_name": FLOOD, "language": "en"}).errors
    assert (list(errors), time.perf_counter() - begin < 5) == (["printed_name"], True)


@pytest.mark.parametrize("blank", ["\u034f", "\u115f", "\u1160", "\u3164", "\uffa0"])
def test_name_of_letters_without_ink_is_refused(blank):
    with pytest.raises(NameRefused) as refusal:
        accepted(f"Ana{blank}")
    assert refusal.value.problem == Problem.INVISIBLE


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\ufeff"])
def test_profile_refuses_marks_that_turn_the_writing_around(mark):
    form = ProfileForm({"printed_name": f"Ana{mark}Ruiz", "language": "en"})
    message = "This name holds characters that cannot be seen, perhaps from pasting. Please type it."
    assert form.errors == {"printed_name": [message]}
