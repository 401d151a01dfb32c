from allauth.core.internal import ratelimit
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.authtoken.admin import TokenProxy

from accounts.models import Profile, RoleGrant, User
from jobs.read_only import ReadOnly

admin.site.unregister(TokenProxy)  # whoever reads somebody's key can act in their name
admin.site.unregister(Group)


class SlowedSignInForm(AdminAuthenticationForm):
    """The only place where passwords are accepted, and not for guessing them."""

    def clean(self) -> dict:
        email = self.cleaned_data.get("username", "").lower()
        if not ratelimit.consume(self.request, app="allauth.account", action="login_failed", key=email):
            raise ValidationError(_("Too many attempts. Please wait five minutes, then try again."))
        return super().clean()


admin.site.login_form = SlowedSignInForm


class ProfileInline(admin.StackedInline):
    model = Profile
    can_delete = False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["email", "language", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", "language"]
    search_fields = ["email", "profile__printed_name"]
    fields = ["email", "language", "is_active", "is_staff", "is_superuser", "groups", "date_joined", "last_login"]
    readonly_fields = ["date_joined", "last_login"]
    filter_horizontal = ["groups"]
    inlines = [ProfileInline]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        powers = [] if request.user.is_superuser else ["is_staff", "is_superuser", "groups"]
        return [*self.readonly_fields, *powers]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request.user, obj)

    def save_model(self, request, obj: User, form, change: bool) -> None:
        if not change:
            obj.password = make_password(None)
        super().save_model(request, obj, form, change)


def _may_touch(user: User, other: User | None) -> bool:
    """Only a superuser changes somebody with powers: with another address one signs in as that person."""
    has_powers = other is not None and (other.is_staff or other.is_superuser or other.role_grants.held().exists())
    return user.is_superuser or not has_powers


@admin.register(Group)
class SuperuserGroupAdmin(GroupAdmin):
    """Whoever writes a group's permissions can give themselves any."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser


@admin.register(RoleGrant)
class RoleGrantAdmin(ReadOnly, admin.ModelAdmin):
    """Roles are given and taken in the studio."""

    list_display = ["user", "role", "scope", "by", "at", "ended_by", "ended_at"]
    list_filter = ["role", "scope"]
    list_select_related = ["user", "by", "ended_by"]
    search_fields = ["user__email"]
