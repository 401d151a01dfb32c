"""Who may do what. The state of the thing itself is for the services to judge."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User


def may_see_back_office(user: User | AnonymousUser) -> bool:
    return user.is_active and user.is_staff


def may_change_profile(user: User | AnonymousUser, owner: User) -> bool:
    return user.is_active and (user == owner or may_see_back_office(user))
