from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Module
from learning.models import AttemptGrant
from studio.forms.fields import UncutField
from studio.presenting.learners import STANDINGS, say, settings_of
from studio.wording import LANGUAGES
from support.languages import current_language

SHORTEST_SEARCH = 3
REASON_LENGTH = AttemptGrant._meta.get_field("reason").max_length


class SearchForm(forms.Form):
    text = forms.CharField(
        label=_("E-mail address, printed name or certificate code"),
        help_text=_("At least three characters: the beginning of the address, words of the name, or the whole code."),
        max_length=254,
        min_length=SHORTEST_SEARCH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Write what to look for."),
            "min_length": _("Write at least three characters, so that you do not see more people than you look for."),
            "max_length": _("That is longer than any name or address. Please shorten it."),
        },
    )


class FilterForm(forms.Form):
    """An empty choice leaves everybody."""

    use_required_attribute = False
    setting = forms.ChoiceField(label=_("Professional setting"), required=False)
    language = forms.ChoiceField(
        label=_("Language begun in"), required=False, choices=[("", pgettext_lazy("filter", "All")), *LANGUAGES.items()]
    )
    edition = forms.ChoiceField(label=_("Edition"), required=False)
    standing = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", pgettext_lazy("filter", "All")), *STANDINGS.items()]
    )

    def __init__(self, data: dict, module: Module) -> None:
        super().__init__(data)
        everybody = ("", pgettext_lazy("filter", "All"))
        locale = current_language()
        names = [(key, say(name, locale)[0]) for key, name in settings_of(module).items()]
        numbers = [(number, number) for number in module.releases.order_by("-number").values_list("number", flat=True)]
        self.fields["setting"].choices = [everybody, *names]
        self.fields["edition"].choices = [everybody, *numbers]


class GrantForm(forms.Form):
    """One of several on a page: `prefix` keeps their ids apart."""

    use_required_attribute = False
    reason = UncutField(
        label=_("Reason"),
        help_text=_("It stays in the record with your name. The learner does not see it."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Write why one more attempt is granted."),
            "max_length": _(
                "This reason has %(show_value)d characters; there is room for %(limit_value)d. Please shorten it."
            ),
        },
    )
