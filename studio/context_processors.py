from django.http import HttpRequest

from accounts.permissions import rights_of


def studio(request: HttpRequest) -> dict:
    # A callable, so that only the pages that show a way to the studio ask the database for it.
    return {"may_enter_studio": lambda: rights_of(request.user).may_enter_studio()}
