from django.contrib import admin

from certificates.choices import ItemState
from certificates.models import (
    Certificate,
    CertificateEvent,
    CorrectionRequest,
    Drawing,
    Reissue,
    ReissueItem,
    SigningCertificate,
    Transcript,
)
from jobs.read_only import ReadOnly


class DrawingInline(ReadOnly, admin.TabularInline):
    model = Drawing
    fields = ["language", "template", "key_id", "digest", "drawn_at"]


class EventInline(ReadOnly, admin.TabularInline):
    model = CertificateEvent
    fk_name = "certificate"
    fields = readonly_fields = ["at", "act", "by", "note", "other"]


class RequestInline(ReadOnly, admin.TabularInline):
    model = CorrectionRequest
    fields = readonly_fields = [
        "asked_at",
        "printed_name",
        "license_number",
        "license_state",
        "reason",
        "state",
        "answer",
        "decided_by",
    ]


@admin.register(Certificate)
class CertificateAdmin(ReadOnly, admin.ModelAdmin):
    list_display = [
        "__str__",
        "printed_name",
        "offer",
        "locale",
        "issued_at",
        "replaced_at",
        "revoked_at",
        "expires_on",
    ]
    list_filter = ["locale", "revocation_category"]
    search_fields = ["code", "printed_name", "completion__enrolment__user__email"]
    date_hierarchy = "issued_at"
    inlines = [DrawingInline, EventInline, RequestInline]


class ItemInline(ReadOnly, admin.TabularInline):
    """Of a reissue of ten thousand, what is worth looking at."""

    model = ReissueItem
    fields = ["certificate", "state", "error", "done_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(state=ItemState.FAILED).select_related("certificate")


@admin.register(Reissue)
class ReissueAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["module", "kind", "release", "reason", "by", "at", "stopped_at"]
    list_filter = ["kind"]
    inlines = [ItemInline]


@admin.register(SigningCertificate)
class SigningCertificateAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["key_id", "is_development", "added_at"]


@admin.register(Transcript)
class TranscriptAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["user", "language", "asked_at", "drawn_at"]
    search_fields = ["user__email"]
    fields = readonly_fields = ["user", "language", "asked_at", "drawn_at", "digest"]
