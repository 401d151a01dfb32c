from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from jobs.models import LocalMail

SHOWN_MAILS = 50


@require_safe
@never_cache
def front_door(request: HttpRequest) -> HttpResponse:
    """Asks for the language once; from then on it leads straight in."""
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if language in dict(settings.LANGUAGES):
        return redirect(f"/{language}/")
    return render(request, "support/front_door.html")


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    mails = LocalMail.objects.order_by("-pk")[:SHOWN_MAILS]
    return render(request, "support/outbox.html", {"mails": mails})


help_page = TemplateView.as_view(template_name="support/help.html")
accessibility = TemplateView.as_view(template_name="support/accessibility.html")
privacy = TemplateView.as_view(
    template_name="support/privacy.html", extra_context={"retention_years": settings.CERTIFICATE_RETENTION_YEARS}
)
about = TemplateView.as_view(template_name="support/about.html")
leaving = TemplateView.as_view(template_name="support/exit.html")
