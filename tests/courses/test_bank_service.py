import pytest

from courses.choices import Act
from courses.errors import NotOfThisModule
from courses.models import Change, Module, Question
from courses.services.bank import add_question, make_twin, move_in_form
from tests.factories import DATES, user

pytestmark = pytest.mark.django_db

VALUES = {
    "form": "A",
    "objective": "stop",
    "settings": ["clinic"],
    "stem_en": "Whom do you call?",
    "stem_es": "¿A quién llama?",
}
OPTIONS = [
    {"text_en": "A friend", "text_es": "A un amigo", "correct": False},
    {"text_en": "The hotline", "text_es": "A la línea", "correct": True},
]


def said(question: Question) -> dict:
    return {
        "form": question.form,
        "objective": question.objective.key,
        "settings": [setting.key for setting in question.settings.all()],
        "stem": (question.stem_en, question.stem_es),
        "options": [
            (option.text_en, option.text_es, option.correct) for option in question.options.filter(archived=False)
        ],
    }


def order(module: Module) -> list[str]:
    return list(Question.live.filter(module=module, block=None).order_by("position").values_list("key", flat=True))


def test_question_is_added_whole_with_its_history(draft):
    module, author = draft(), user("author@example.org")
    question = add_question(module=module, values=VALUES, options=OPTIONS, by=author)
    assert said(question) == {
        "form": "A",
        "objective": "stop",
        "settings": ["clinic"],
        "stem": ("Whom do you call?", "¿A quién llama?"),
        "options": [("A friend", "A un amigo", False), ("The hotline", "A la línea", True)],
    }
    assert question.key == "stop-a"
    changes = Change.objects.filter(act=Act.CREATED, by=author)
    assert sorted(changes.values_list("part", "place")) == [
        ("option", "stop-a/option"),
        ("option", "stop-a/option-2"),
        ("question", "stop-a"),
    ]


def test_question_on_an_objective_of_another_module_is_not_added(draft):
    module, author = draft(), user("author@example.org")
    other = Module.objects.create(key="other", pass_mark=80, **DATES)
    with pytest.raises(NotOfThisModule):
        add_question(module=other, values=VALUES, options=OPTIONS, by=author)
    assert order(module) == ["a1", "a2", "b1", "b2"]


def test_twin_is_a_copy_in_the_other_form(draft):
    module, author = draft(), user("author@example.org")
    original = add_question(module=module, values=VALUES, options=OPTIONS, by=author)
    twin = make_twin(row=original.pk, module=module, by=author)
    assert said(twin) == said(original) | {"form": "B"}
    assert (twin.key == original.key, Question.objects.get(pk=original.pk).form) == (False, "A")


def test_question_moves_past_the_next_of_its_own_form(draft):
    module, author = draft(), user("author@example.org")
    Question.objects.filter(module=module, key="a2").update(position=9)
    assert order(module) == ["a1", "b1", "b2", "a2"]
    row = Question.objects.get(module=module, key="a2").pk
    move_in_form(row=row, module=module, by=author, up=True)
    assert order(module) == ["a2", "a1", "b1", "b2"]
    move_in_form(row=row, module=module, by=author, up=True)
    assert order(module) == ["a2", "a1", "b1", "b2"]
    move_in_form(row=row, module=module, by=author, up=False)
    assert order(module) == ["a1", "a2", "b1", "b2"]


def test_question_inside_a_lesson_has_no_twin_and_does_not_move(draft):
    module, author = draft(), user("author@example.org")
    inside = Question.objects.exclude(block=None).filter(module=module).first()
    for verb, more in ((make_twin, {}), (move_in_form, {"up": True})):
        with pytest.raises(NotOfThisModule):
            verb(row=inside.pk, module=module, by=author, **more)
