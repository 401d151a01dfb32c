import pytest

from learning.models import SurveyAnswer
from tests.security.conftest import at_survey, signed_in

SURVEY = "/en/learn/basics/steps/survey/"


@pytest.mark.django_db
def test_comment_with_nul_is_kept_without_it():
    signed_in(at_survey("bob@example.org")).post(SURVEY, {"comment": "a\0b"})
    assert list(SurveyAnswer.objects.values_list("value", flat=True)) == ["ab"]
