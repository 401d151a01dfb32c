from courses.models import Block, CaseChoice, CaseNode, Objective, Option, Question, Section, Setting, Step
from courses.parts import place_of
from courses.texts import texts_of
from studio.links import Places, url_of

BASE = "/en/studio/modules/basics"


def test_each_part_is_edited_on_the_page_it_stands_on(module):
    rows = {
        "step": Step.objects.get(key="shared"),
        "block": Block.objects.get(step__key="shared", key="check"),
        "question": Question.objects.get(block__step__key="shared", block__key="check"),
        "option": Option.objects.get(question__block__step__key="shared", question__block__key="check", key="a"),
        "node": CaseNode.objects.get(step__key="clinic-case", key="arrival"),
        "choice": CaseChoice.objects.get(node__step__key="clinic-case"),
        "objective": Objective.objects.get(),
        "setting": Setting.objects.get(key="clinic"),
    }
    pages = {part: url_of(module, part, row.pk, place_of(row)).split("#")[0] for part, row in rows.items()}
    assert pages == {
        "step": f"{BASE}/steps/shared/",
        "block": f"{BASE}/steps/shared/",
        "question": f"{BASE}/steps/shared/",
        "option": f"{BASE}/steps/shared/",
        "node": f"{BASE}/steps/clinic-case/",
        "choice": f"{BASE}/steps/clinic-case/",
        "objective": f"{BASE}/details/",
        "setting": "/en/studio/settings/",
    }


def test_a_question_of_the_bank_has_its_own_page(module):
    question = Question.objects.get(key="a1")
    option = question.options.get(key="b")
    assert url_of(module, "question", question.pk, ("a1",)) == f"{BASE}/questions/a1/#question-{question.pk}"
    assert url_of(module, "option", option.pk, ("a1", "b")) == f"{BASE}/questions/a1/#option-{option.pk}"


def test_places_are_found_with_one_query_however_many(module, django_assert_num_queries):
    intro = Block.objects.get(step__key="shared", key="intro")
    step = Step.objects.get(key="shared")
    question = Question.objects.get(key="a1")
    objective = Objective.objects.get()
    with django_assert_num_queries(1):
        places = Places(module)
        found = [
            places.url_of_place(place)
            for place in (("shared", "intro"), ("shared",), ("a1",), ("stop",), ("shared", "gone"), ("gone",), ())
        ]
    assert found == [
        f"{BASE}/steps/shared/#block-{intro.pk}",
        f"{BASE}/steps/shared/#step-{step.pk}",
        f"{BASE}/questions/a1/#question-{question.pk}",
        f"{BASE}/details/#objective-{objective.pk}",
        f"{BASE}/steps/shared/#step-{step.pk}",
        f"{BASE}/details/#module-{module.pk}",
        f"{BASE}/details/#module-{module.pk}",
    ]


def test_a_key_that_names_two_kinds_is_settled_by_the_kind_asked_for(module, django_assert_num_queries):
    section = Section.objects.get()
    Section.objects.update(key="shared")
    texts = texts_of(module)
    with django_assert_num_queries(0):
        places = Places(module, texts)
        assert places.url_of_place(("shared",), "section") == f"{BASE}/details/#section-{section.pk}"
        assert places.url_of_place(("shared",)).startswith(f"{BASE}/steps/shared/#step-")
