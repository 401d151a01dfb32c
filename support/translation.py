from modeltranslation.translator import TranslationOptions, register

from support.models import HelpLine


@register(HelpLine)
class HelpLineTranslation(TranslationOptions):
    fields = ("name", "note")
    required_languages = ("en", "es")
