"""What is typed at the translation desk, and which file is brought back."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.permissions import May, Rights
from courses.choices import LONGEST_TEXT, Style
from courses.exchange.reading import LARGEST
from courses.models import Module
from courses.pasting import holds_html
from courses.services.exchange import entries, made_from_of
from courses.services.translating import seen_digest
from courses.texts import Translated
from studio.forms.fields import ContentField
from studio.forms.parts import WordsField
from studio.presenting.desk import DeskText
from studio.presenting.desk_list import Choices, Filters
from studio.presenting.places import Names
from studio.wording import LANGUAGES

_ROWS = {Style.PLAIN: 3, Style.CITATION: 2, Style.MARKDOWN: 8}


class WordsForm(forms.Form):
    """One translation. `seen` says which two texts the page showed."""

    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, text: DeskText, data: Mapping | None = None) -> None:
        words = text.item.text.words
        initial = {"seen": seen_digest(words), "words": words[text.locale]}
        super().__init__(data, auto_id=f"{text.anchor}-%s", initial=initial)
        attrs = {"lang": text.locale, "spellcheck": "true"}
        rows = _ROWS.get(text.item.text.style)
        self.fields["words"] = WordsField(
            label=LANGUAGES[text.locale],
            max_length=text.limit or LONGEST_TEXT,
            widget=forms.Textarea(attrs | {"rows": rows}) if rows else forms.TextInput(attrs),
            error_messages={"required": _("Enter the translation.")},
        )

    def clean_words(self) -> str:
        words = self.cleaned_data["words"]
        if holds_html(words) and words != self.initial["words"]:
            raise forms.ValidationError(
                _("This text holds HTML, as it comes out of a word processor. A page shows words and Markdown only.")
            )
        return words


def texts_of_desk(module: Module, items: Iterable[Translated], names: Names, rights: Rights) -> list[DeskText]:
    """Two queries, however many."""
    earlier, terms = made_from_of(module), entries()
    return [_text(DeskText(module, item, names, earlier.get(item.text.address, ""), terms), rights) for item in items]


def _text(text: DeskText, rights: Rights) -> DeskText:
    text.may_write = rights.may(May.TRANSLATE) and rights.may_write(text.locale)
    text.form = WordsForm(text)
    return text


class FilterForm(forms.Form):
    """Which texts are listed; each empty choice is all of them."""

    state = forms.ChoiceField(label=_("State"), required=False)
    locale = forms.ChoiceField(label=_("Translated into"), required=False)
    step = forms.ChoiceField(label=_("Step"), required=False)
    part = forms.ChoiceField(label=_("Kind of part"), required=False)
    words = forms.CharField(
        label=_("Words in the text"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, filters: Filters, choices: Mapping[str, Choices]) -> None:
        super().__init__(initial=filters._asdict(), auto_id="filter-%s")
        for name, every in _EVERY.items():
            self.fields[name].choices = [("", every), *choices[name]]


_EVERY = {"state": _("Every state"), "locale": _("Every language"), "step": _("Everywhere"), "part": _("Every kind")}


class FileForm(forms.Form):
    use_required_attribute = False
    file = ContentField(
        label=_("XLIFF file from the translator"),
        accept=".xlf,.xliff,application/xliff+xml",
        largest=LARGEST,
        too_large=_("This file is larger than 10 MB."),
    )
