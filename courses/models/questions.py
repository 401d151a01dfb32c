from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import Form
from courses.models.keyed import Keyed, choices_of, unique_key
from courses.models.lessons import Block
from courses.models.modules import Module, Objective, Setting, Source


class Question(Keyed):
    """A question of the bank, in a form of the tests; or, with a `block`, the check or sort inside a lesson."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="questions")
    block = models.OneToOneField(Block, on_delete=models.CASCADE, null=True, blank=True, related_name="question")
    form = models.CharField(_("form"), max_length=1, choices=choices_of(Form), blank=True)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, blank=True)
    settings = models.ManyToManyField(Setting, verbose_name=_("professional settings"), blank=True)
    sources = models.ManyToManyField(Source, blank=True)
    multiple = models.BooleanField(_("several right answers"), default=False)
    stem = models.TextField(_("question"))
    explanation = models.TextField(_("explanation"), blank=True)

    class Meta(Keyed.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            unique_key("question_key", "module"),
            models.CheckConstraint(
                condition=Q(block__isnull=True, form__in=list(Form), objective__isnull=False)
                | Q(block__isnull=False, form=""),
                name="question_in_bank_or_lesson",
            ),
        ]


class Category(Keyed):
    """A heading that the items of a sort are put under."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="categories")
    text = models.CharField(_("text"), max_length=200)

    class Meta(Keyed.Meta):
        constraints = [unique_key("category_key", "question")]


class Option(Keyed):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    category = models.ForeignKey(Category, on_delete=models.CASCADE, null=True, blank=True, related_name="items")
    text = models.CharField(_("text"), max_length=400)
    correct = models.BooleanField(_("right"), default=False)
    feedback = models.TextField(_("feedback"), blank=True)

    class Meta(Keyed.Meta):
        constraints = [unique_key("option_key", "question")]
