import re

import pytest

from courses.models import Objective, Question
from courses.parts import PARTS
from courses.services import structure

pytestmark = pytest.mark.django_db

URL = "/en/studio/modules/basics/questions/crosswalk/"


def cells(page: str) -> list[list[str]]:
    body = page.split("<tbody>", 1)[1].split("</tbody>")[0]
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)
    ]


def problems(page: str) -> list[str]:
    if 'id="holes-title"' not in page:
        return []
    return re.findall(r"<li>(.*?)</li>", page.split('id="holes-title"', 1)[1].split("</section>")[0])


def test_crosswalk_counts_questions_by_objective_form_and_setting(author, module):
    page = author.get(URL).content.decode()
    in_form = "2 in form {} on “objective (English)”"
    both = [in_form.format("A"), in_form.format("B")]
    assert cells(page) == [
        ["objective (English)", "2 lessons lesson shared (English) lesson clinic-lesson (English)", *both, *both, *both]
    ]
    assert problems(page) == []
    assert 'href="/en/studio/modules/basics/questions/?form=A&amp;objective=stop&amp;setting=clinic"' in page


def test_crosswalk_flags_holes_and_unequal_twins_in_words(author, module):
    """Rules E007 and E018, and what no rule forbids: an objective that no lesson is for."""
    structure.add(part=PARTS["objective"], module=module, by=None, name="ask", values={"text_en": "Ask well"})
    question = Question.objects.get(module=module, key="a1")
    question.settings.add(module.settings.get(key="school"))
    page = author.get(URL).content.decode()
    assert problems(page) == [
        "No question asks about “Ask well”. Add one to each form.",
        "No lesson is for “Ask well”. Choose the objective on the page of its lesson.",
        "On “objective (English)”, form A asks 1 and form B 2 of: clinic (English). Give both forms the same number, "
        "or one test is another test.",
    ]
    assert cells(page)[1] == ["Ask well", "No lesson", *["– none"] * 6]
    assert cells(page)[0][5] == "2 in form B on “objective (English)” unequal"


def test_crosswalk_counts_questions_on_an_archived_objective(author, module):
    Objective.objects.filter(module=module).update(archived=True)
    Question.objects.filter(module=module, key="a1").update(archived=True)
    page = author.get(URL).content.decode()
    assert cells(page)[0][:2] == ["objective (English) Archived objective", "No lesson"]
    assert problems(page) == [
        "On “objective (English)”, form A asks 1 and form B 2 of: clinic (English), school (English). "
        "Give both forms the same number, or one test is another test."
    ]
