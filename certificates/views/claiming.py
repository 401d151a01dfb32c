"""From a completion to a certificate: which one, then the name on it and what its credit asks for."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.choices import Profession
from accounts.queries import profile_of
from certificates import names, queries
from certificates.errors import DataMissing, DatesImpossible, NotOffered
from certificates.forms import ClaimForm, ProfessionForm
from certificates.presenting.claims import Claim, claims, follows_profession
from certificates.services.issuing import issue
from certificates.views.access import signed_in
from learning.models import Completion
from support.carry import carried, carry, hold
from support.languages import OTHER, current_language


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def name(request: HttpRequest, module: str, enrolment: int | None = None) -> HttpResponse:
    """Without `offer` the choice, where there is one; with it the form. Both addresses can be kept and sent again."""
    completion = queries.completion_of(request.user, module, enrolment)
    if completion is None and enrolment is not None:
        raise Http404
    if completion is None:
        messages.info(request, _("Your certificate comes when the module is complete."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    if language := _switch(request):
        return language
    profession = _profession(request)
    found = claims(completion, profession, _words_of(completion))
    chosen = _chosen(request, found)
    if chosen is None:
        return _choice(request, completion, found, profession)
    if chosen.certificate:
        return redirect("certificates:certificate", chosen.certificate.shown_code)
    if chosen.bars:
        return _barred(request, completion, found, profession, chosen)
    return _form(request, completion, found, profession, chosen)


def _switch(request: HttpRequest) -> HttpResponse | None:
    """To the other language, with what was typed or chosen."""
    if language := request.POST.get("switch"):
        return carry(request, language)
    if request.GET.get("switch") not in OTHER:
        return None
    there = translate_url(request.path, request.GET["switch"])
    unsent = {"profession": request.GET.get("profession", ""), "chosen": request.GET.get("offer", "")}
    return redirect(f"{there}?{urlencode(unsent)}")


def _profession(request: HttpRequest) -> str:
    """What was just chosen, else what the profile says."""
    chosen = request.GET.get("profession", "")
    return chosen if chosen in Profession.values else profile_of(request.user).profession


def _words_of(completion: Completion) -> str:
    """The page's language where the edition has it, else the one the module was completed in."""
    here = current_language()
    return here if here in completion.release.locales else completion.locale


def _chosen(request: HttpRequest, found: list[Claim]) -> Claim | None:
    if len(found) == 1:
        return found[0]
    if "look" in request.GET:
        return None
    return next((claim for claim in found if claim.offer.key == request.GET.get("offer")), None)


def _choice(
    request: HttpRequest, completion: Completion, found: list[Claim], profession: str, barred: Claim | None = None
) -> HttpResponse:
    open_claims = [claim for claim in found if claim.is_open]
    page = {
        "claims": open_claims,
        "issued": [claim for claim in found if claim.certificate],
        "barred": [claim for claim in found if claim.bars and not claim.certificate],
        "refused": barred,
        "chosen": _preselected(request, open_claims),
        "locale": _words_of(completion),
        "form": ProfessionForm(initial={"profession": profession}) if follows_profession(completion) else None,
        "profession": profession,
    }
    return render(request, "certificates/choose.html", page, status=422 if barred else 200)


def _preselected(request: HttpRequest, open_claims: list[Claim]) -> str:
    """What was chosen a moment ago, else the richest."""
    keys = [claim.offer.key for claim in open_claims]
    wanted = request.GET.get("chosen") or request.GET.get("offer")
    return wanted if wanted in keys else next(iter(keys), "")


def _barred(
    request: HttpRequest, completion: Completion, found: list[Claim], profession: str, chosen: Claim
) -> HttpResponse:
    hold(request)
    return _choice(request, completion, found, profession, chosen)


def _form(
    request: HttpRequest, completion: Completion, found: list[Claim], profession: str, chosen: Claim
) -> HttpResponse:
    locales = completion.release.content.locales
    form = ClaimForm(request.POST or None, initial=_initial(request, completion), offer=chosen.offer, locales=locales)
    if "look" in request.POST:
        _forget_what_is_still_missing(form)
    elif form.is_valid():
        try:
            return _issue(request, completion, chosen, profession, form)
        except NotOffered:
            return _barred(request, completion, found, profession, chosen)
        except DatesImpossible:
            return render(request, "certificates/dates_impossible.html", status=422)
        except DataMissing as error:
            _tell_missing(form, error)
    page = {
        "form": form,
        "printed": _printed(form),
        "claim": chosen,
        "locale": _words_of(completion),
        "others_url": f"{request.path}?{urlencode({'profession': profession, 'chosen': chosen.offer.key})}",
        "is_only": len(found) == 1,
    }
    return render(request, "certificates/name.html", page)


def _issue(
    request: HttpRequest, completion: Completion, chosen: Claim, profession: str, form: ClaimForm
) -> HttpResponse:
    certificate = issue(
        completion=completion,
        offer=chosen.offer.key,
        printed_name=form.cleaned_data["printed_name"],
        by=request.user,
        held=form.held(profession),
        paper=form.cleaned_data.get("paper", ""),
    )
    return redirect("certificates:certificate", certificate.shown_code)


def _forget_what_is_still_missing(form: ClaimForm) -> None:
    """Whoever looks at the name has not sent the rest yet."""
    for field in set(form.errors) - {"printed_name"}:
        del form.errors[field]


def _tell_missing(form: ClaimForm, error: DataMissing) -> None:
    for name in error.names:
        field = "birth_day" if name == "birthday" else name
        form.add_error(field, form.fields[field].error_messages["required"])


def _initial(request: HttpRequest, completion: Completion) -> dict:
    profile = profile_of(request.user)
    known = {"printed_name": profile.printed_name, "license_state": profile.state, "paper": completion.locale}
    unsent = carried(request)
    return known | (unsent.dict() if unsent else {})


def _printed(form: ClaimForm) -> str | None:
    """The name as it would be printed, or nothing while it cannot be."""
    try:
        return names.accepted(form["printed_name"].value() or "")
    except names.NameRefused:
        return None
