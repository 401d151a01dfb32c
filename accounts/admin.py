from allauth.core.internal import ratelimit
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework.authtoken.admin import TokenProxy

from accounts.models import Profile, User

admin.site.unregister(TokenProxy)  # whoever reads somebody's key can act in their name


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

    def save_model(self, request, obj: User, form, change: bool) -> None:
        if not change:
            obj.password = make_password(None)
        super().save_model(request, obj, form, change)
