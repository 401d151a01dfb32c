from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accounts import sign_in as flow
from accounts.demo import user_for
from accounts.next_page import destination


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    user = user_for(request.POST.get("person", "")) if settings.DEMO else None
    if user is None:
        raise Http404
    return flow.enter(request=request, user=user, next_url=destination(request, user.language))
