from django.contrib import admin
from django.http import HttpRequest

from certificates.models import Certificate, Drawing


class ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


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
