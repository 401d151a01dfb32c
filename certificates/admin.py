from django.contrib import admin

from certificates.models import Certificate, Drawing
from jobs.read_only import ReadOnly


class DrawingInline(ReadOnly, admin.TabularInline):
    model = Drawing
    fields = ["language", "template", "digest", "drawn_at"]


@admin.register(Certificate)
class CertificateAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["__str__", "printed_name", "locale", "issued_at", "replaced_at", "revoked_at", "expires_on"]
    list_filter = ["locale", "revocation_category"]
    search_fields = ["code", "printed_name", "completion__enrolment__user__email"]
    date_hierarchy = "issued_at"
    inlines = [DrawingInline]
