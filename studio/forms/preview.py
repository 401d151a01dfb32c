from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from courses.choices import Form
from courses.models import Module
from studio.presenting.completing import NO_SETTING
from studio.presenting.editions import DRAFT, Edition, edition, sources
from studio.presenting.learners import say
from studio.presenting.preview import DESKTOP, DEVICES, NONE, PROGRESS, Choices
from studio.wording import LANGUAGES
from support.languages import current_language
from support.numbers import whole

MOST_DIGITS = 4


class PreviewForm(forms.Form):
    """Whose pages are looked at; it is read from the address, so that a link shows another person the same."""

    use_required_attribute = False
    source = forms.ChoiceField(
        label=_("What to preview"), error_messages={"invalid_choice": _("This module has no such edition.")}
    )
    setting = forms.ChoiceField(
        label=_("Professional setting"),
        error_messages={"invalid_choice": _("What you preview has no such professional setting.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the learner"),
        error_messages={"invalid_choice": _("What you preview does not exist in this language.")},
    )
    progress = forms.ChoiceField(
        label=_("Progress"), error_messages={"invalid_choice": _("Choose one of the states of progress.")}
    )
    form = forms.ChoiceField(
        label=_("Form of the first test"),
        help_text=_("The final test asks the other form."),
        choices=[(form.value, form.value) for form in Form],
        error_messages={"invalid_choice": _("There are the forms A and B.")},
    )
    device = forms.ChoiceField(
        label=_("Screen"),
        choices=[*DEVICES.items()],
        error_messages={"invalid_choice": _("Choose one of the screens.")},
    )

    def __init__(self, asked: Mapping[str, str], module: Module) -> None:
        """What the address leaves out is the first of its choices, and the language of this page."""
        self.edition: Edition = edition(module, asked.get("source", DRAFT)) or edition(module, DRAFT)
        here, content = current_language(), self.edition.content
        settings = [(setting.key, say(setting.name, here)[0] or setting.key) for setting in content.settings]
        settings = settings or [(NO_SETTING, gettext("None yet"))]
        usual = {
            "source": DRAFT,
            "setting": settings[0][0],
            "language": here if here in content.locales else content.locales[0],
            "progress": NONE,
            "form": Form.A.value,
            "device": DESKTOP,
        }
        super().__init__({name: asked.get(name) or value for name, value in usual.items()})
        self.fields["source"].choices = sources(module)
        self.fields["setting"].choices = settings
        self.fields["language"].choices = [(locale, LANGUAGES[locale]) for locale in content.locales]
        self.fields["progress"].choices = [*PROGRESS.items(), *_counted(self.data["progress"])]

    @property
    def choices(self) -> Choices:
        return Choices(**self.cleaned_data | {"form": Form(self.cleaned_data["form"])})

    def named(self, name: str) -> str:
        """The label of what was chosen in a field."""
        return str(dict(self.fields[name].choices)[self.cleaned_data[name]])


def _counted(progress: str) -> list[tuple[str, str]]:
    """Finishing a step in a preview leads on to as many steps done."""
    number = whole(progress, MOST_DIGITS)
    if number is None:
        return []
    name = ngettext("The first step done", "The first %(number)s steps done", number) % {"number": number}
    return [(progress, name)]
