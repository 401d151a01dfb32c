from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Profession, Role, State


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            Profile.objects.using(self._db).create(user=user)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email=email.lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in, known by e-mail address; what is printed on a certificate stands in the profile."""

    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    is_staff = models.BooleanField(_("administrator"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(
                condition=models.Q(language__in=[code for code, _name in settings.LANGUAGES]), name="user_language"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        self.email = self.email.lower()


class Profile(models.Model):
    """What a certificate and the programme's counts need of a learner, and no more."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    printed_name = models.CharField(_("name on your certificate"), max_length=120, blank=True)
    profession = models.CharField(_("profession"), max_length=40, choices=Profession, blank=True)
    state = models.CharField(_("state or territory"), max_length=2, choices=State, blank=True)
    setting = models.SlugField(_("professional setting"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return self.printed_name or str(self.user)


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def held(self) -> "RoleGrantQuerySet":
        return self.filter(ended_at=None)


class RoleGrant(models.Model):
    """Somebody holds a role, or held it until `ended_at`: who had which powers when stays to be read.

    `scope` narrows it: the language a translator writes; empty, all there is. `by` and `ended_by` are empty for
    whoever runs the server.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    scope = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"), auto_now_add=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("taken away"), null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role of a person")
        verbose_name_plural = _("roles of people")
        ordering = ["user", "role", "scope"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "scope"], condition=models.Q(ended_at__isnull=True), name="role_grant_once"
            ),
            models.CheckConstraint(
                condition=models.Q(role=Role.TRANSLATOR) & ~models.Q(scope="")
                | ~models.Q(role=Role.TRANSLATOR) & models.Q(scope=""),
                name="role_grant_scope_of_translators",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.scope}".strip()
