"""The shapes that travel. Changing one changes version 1 of the API for everybody who reads it."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.serializers import Serializer

from certificates.choices import RevocationCategory, Status
from courses.choices import LOCALES, CreditType, StepKind

OPTIONS_AT_MOST = 50
PLACE = {"type": "integer", "minimum": 1, "maximum": OPTIONS_AT_MOST}


class LanguageField(serializers.ChoiceField):
    def __init__(self, **options) -> None:
        super().__init__(choices=LOCALES, **options)


class ErrorShape(Serializer):
    code = serializers.CharField(help_text="For programs: it never changes.")
    detail = serializers.CharField(help_text="For people: a sentence in their language.")


class InvalidShape(ErrorShape):
    # `fields` is the name of something else on a serializer.
    def get_fields(self) -> dict[str, serializers.Field]:
        messages = serializers.ListField(child=serializers.CharField())
        text = "Messages by field. Only with the code `invalid`."
        return super().get_fields() | {"fields": serializers.DictField(child=messages, required=False, help_text=text)}


class ModuleCardShape(Serializer):
    key = serializers.SlugField()
    title = serializers.CharField()
    summary = serializers.CharField()
    minutes = serializers.IntegerField(help_text="Of the longest path: enough for every professional setting.")


class ObjectiveShape(Serializer):
    text = serializers.CharField()


class SettingShape(Serializer):
    key = serializers.SlugField()
    name = serializers.CharField()
    places = serializers.CharField()
    steps = serializers.IntegerField()
    minutes = serializers.IntegerField()


class ModuleShape(ModuleCardShape):
    language = LanguageField()
    release = serializers.IntegerField(source="number")
    description = serializers.CharField(help_text="Sanitised HTML; every other text is plain.")
    audience = serializers.CharField()
    authors = serializers.CharField()
    provider = serializers.CharField()
    credit = serializers.CharField()
    objectives = ObjectiveShape(many=True)
    settings = SettingShape(many=True)
    pass_mark = serializers.IntegerField(help_text="Per cent of the final test.")
    attempts_allowed = serializers.IntegerField(allow_null=True, help_text="Null: as many as it takes.")
    released_on = serializers.DateField()
    review_on = serializers.DateField()
    terminates_on = serializers.DateField()


class SectionShape(Serializer):
    key = serializers.SlugField()
    title = serializers.CharField()


class StepShape(Serializer):
    key = serializers.SlugField()
    kind = serializers.ChoiceField(choices=list(StepKind))
    title = serializers.CharField()
    minutes = serializers.IntegerField()


class PathStepShape(StepShape):
    section = SectionShape()
    shared = serializers.BooleanField(help_text="True: every professional setting has this step.")


class PathShape(Serializer):
    module = serializers.SlugField()
    setting = serializers.SlugField()
    language = LanguageField()
    release = serializers.IntegerField()
    minutes = serializers.IntegerField()
    steps = PathStepShape(many=True)


class MissingStepShape(StepShape):
    open = serializers.BooleanField(help_text="False: other steps have to be finished first.")
    url = serializers.URLField(help_text="The learner's page for this step.")


class EnrolmentShape(Serializer):
    module = serializers.SlugField()
    title = serializers.CharField()
    language = LanguageField(help_text="Of the words in this answer: yours, if the edition has it.")
    setting = serializers.SlugField()
    locale = LanguageField(help_text="The language in which the learner began.")
    release = serializers.IntegerField()
    percent = serializers.IntegerField(min_value=0, max_value=100)
    minutes_left = serializers.IntegerField()
    next = MissingStepShape(allow_null=True)
    started_at = serializers.DateTimeField()
    completed_at = serializers.DateTimeField(allow_null=True)


class ProgressShape(EnrolmentShape):
    missing = MissingStepShape(many=True, help_text="Finishing these completes the module.")


class EnrolForm(Serializer):
    module = serializers.SlugField(max_length=80)
    setting = serializers.SlugField(max_length=80)


@extend_schema_field({"oneOf": [PLACE, {"type": "string", "pattern": "^([1-9]|[1-4][0-9]|50)$"}]})
class PlaceField(serializers.IntegerField):
    """A number, or the text that a page's form has for it."""


class AnswerForm(Serializer):
    chosen = serializers.ListField(
        child=PlaceField(min_value=1, max_value=OPTIONS_AT_MOST),
        max_length=OPTIONS_AT_MOST,
        help_text="Places of the chosen options as shown, from 1. Empty: nothing is chosen.",
    )


class AnswerShape(Serializer):
    place = serializers.IntegerField()
    chosen = serializers.ListField(child=serializers.IntegerField())


class CertificateWordsShape(Serializer):
    title = serializers.CharField()
    setting = serializers.CharField()
    provider = serializers.CharField()
    credit = serializers.CharField()
    format = serializers.CharField()


class CertificateShape(CertificateWordsShape):
    code = serializers.CharField()
    status = serializers.ChoiceField(choices=list(Status))
    printed_name = serializers.CharField()
    renewed = serializers.BooleanField(help_text="True: its holder has earned the same again since.")
    language = LanguageField(help_text="Of title, setting, provider, credit and format: yours, if the edition has it.")
    words = serializers.DictField(child=CertificateWordsShape(), help_text="The same in each language of the edition.")
    credit_type = serializers.ChoiceField(choices=list(CreditType))
    credit_amount = serializers.DecimalField(max_digits=6, decimal_places=2, allow_null=True)
    provider_number = serializers.CharField(allow_blank=True)
    activity_number = serializers.CharField(allow_blank=True, help_text="For pharmacy credit: the UAN.")
    release = serializers.IntegerField()
    minutes = serializers.IntegerField()
    demonstration = serializers.BooleanField(help_text="True: issued by a demonstration; it proves nothing.")
    locale = LanguageField(help_text="The language of the paper.")
    completed_on = serializers.DateField()
    issued_on = serializers.DateField()
    expires_on = serializers.DateField(allow_null=True)
    replaced_on = serializers.DateField(allow_null=True)
    revoked_on = serializers.DateField(allow_null=True)
    revocation_category = serializers.ChoiceField(choices=list(RevocationCategory), allow_null=True)
