"""Finding a certificate, reading it, correcting and revoking it in the studio."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import Profile
from certificates import drawing, signing
from certificates.choices import Act, RequestState
from certificates.document import License
from certificates.files import as_issued
from certificates.models import Certificate, CertificateEvent, CorrectionRequest, Drawing
from certificates.services.corrections import ask
from certificates.services.issuing import Held, issue
from certificates.services.succeeding import replace
from jobs.services import drain
from studio.views import corrections
from tests import factories
from tests.certificates.factories import certificate, drawn, offer
from tests.learning.test_query_counts import queries

pytestmark = pytest.mark.django_db

FIND = "/en/studio/certificates/"
QUEUE = "/en/studio/corrections/"
RIGHT = "María José Núñez Ibáñez"


@pytest.fixture(autouse=True)
def _light_files(monkeypatch) -> None:
    monkeypatch.setattr(drawing, "draw", lambda issued, language: f"%PDF {issued.printed_name} {language}".encode())
    monkeypatch.setattr(signing, "sign", lambda content: content)


@pytest.fixture
def helper(as_role):
    return as_role("support")


def issued(number: int = 1, name: str = "María José Núñez", **fields) -> Certificate:
    person = factories.user(f"nurse{number}@example.org")
    return certificate(person, name, content=factories.document(key=f"m{number}", **fields))


def licensed() -> Certificate:
    held = Held(profession="nurse", license=License(number="RN 884213", state="TX"))
    return certificate(content=factories.document(offers=(offer(),)), offer="nursing", held=held)


def asked(row: Certificate, name: str = RIGHT, **license) -> CorrectionRequest:
    by = row.completion.enrolment.user
    return ask(certificate=row, printed_name=name, license=License(**license), reason="One name is missing.", by=by)


def page_of(row: Certificate, language: str = "en") -> str:
    return f"/{language}/studio/certificates/{row.shown_code}/"


def text(response) -> str:
    return response.content.decode()


def found(client, typed: str) -> list[str]:
    response = client.post(FIND, {"text": typed})
    assert response.status_code == 200
    return [row["code"] for row in response.context["found"]]


def test_certificates_are_found_by_code_printed_name_and_address_whatever_case_and_accents(helper):
    maria, ana = issued(1), issued(2, "Ana Pérez")
    Profile.objects.filter(user__email="nurse2@example.org").update(printed_name="Ana Gómez")
    codes = {"maria": [maria.shown_code], "ana": [ana.shown_code], "nobody": []}
    typed = {
        maria.code: "maria",
        maria.shown_code.lower(): "maria",
        "nunez maria": "maria",
        "PEREZ": "ana",
        "nurse2@": "ana",
        "NURSE1@example.org": "maria",
        "gomez": "nobody",
        "example": "nobody",
        ".*.": "nobody",
        maria.code[:-1]: "nobody",
    }
    assert {text: found(helper, text) for text in typed} == {text: codes[who] for text, who in typed.items()}


@pytest.mark.parametrize("typed", ["", "an", "a" * 255])
def test_search_too_short_or_too_long_is_refused(typed, helper):
    issued()
    response = helper.post(FIND, {"text": typed})
    assert (response.status_code, "found" in response.context) == (422, False)


def test_nothing_is_listed_without_looking_for_it_and_erased_ones_never(helper):
    gone = certificate(erased_at=datetime(2026, 11, 23, tzinfo=UTC))
    assert "nurse@example.org" not in text(helper.get(FIND, {"text": "nurse"}))
    assert [found(helper, typed) for typed in (gone.code, "nurse@", "nunez")] == [[], [], []]
    assert helper.get(page_of(gone)).status_code == 404


def test_search_says_that_there_are_more_than_it_shows(helper):
    row = issued()
    rows = [
        Certificate(
            completion=row.completion,
            offer=f"o{n}",
            printed_name="Ana Pérez",
            locale="en",
            facts=row.facts,
            issued_by=row.issued_by,
        )
        for n in range(51)
    ]
    Certificate.objects.bulk_create(rows)
    response = helper.post(FIND, {"text": "pérez"})
    assert (len(response.context["found"]), "Only the newest 50 certificates" in text(response)) == (50, True)


@pytest.mark.parametrize("language", ["en", "es"])
def test_page_says_what_the_certificate_says(language, helper):
    row = licensed()
    response = helper.get(page_of(row, language))
    facts = {name: str(value) for name, value in response.context["facts"].items()}
    place = {"en": "(English)", "es": "(español)"}[language]
    assert (facts["title"], facts["setting"]) == (f"('title {place}', '')", f"('clinic {place}', '')")
    assert {name: facts[name] for name in ("edition", "license", "completed_on", "provider_number")} == {
        "edition": "1",
        "license": "RN 884213 (TX)",
        "completed_on": "2026-11-22",
        "provider_number": "P-0000",
    }
    hours = {"en": "1.25 contact hours · name of nursing", "es": "1.25 horas de contacto · name of nursing"}[language]
    assert facts["credit"] == f"('{hours} {place}', '')"
    assert facts["profession"] == {"en": "Nurse", "es": "Profesional de enfermería"}[language]


def test_page_of_an_english_certificate_names_the_language_on_a_spanish_page(helper):
    row = issued(locales=("en",))
    row = Certificate.objects.get(pk=row.pk)
    facts = {**row.facts, "title": {"en": "only English"}}
    other = Certificate.objects.create(
        completion=row.completion, offer="other", printed_name="Ana", locale="en", facts=facts, issued_by=row.issued_by
    )
    assert '<span lang="en">only English</span>' in text(helper.get(page_of(other, "es")))


def test_page_shows_links_papers_requests_and_trail(helper):
    old = drawn()
    asked(old)
    request = CorrectionRequest.objects.get()
    helper.post(f"{QUEUE}{request.pk}/", {f"correction-{request.pk}-answer": "Gladly.", "approve": "1"})
    new = Certificate.objects.get(replaces=old)
    before, after = (helper.get(page_of(row)).context for row in (old, new))
    assert [(str(link["label"]), link["code"]) for link in before["linked"]] == [("It was replaced by", new.shown_code)]
    assert [(str(link["label"]), link["code"]) for link in after["linked"]] == [("It replaces", old.shown_code)]
    (paper,) = before["papers"]
    assert (str(paper["language"]), paper["drawing"].digest) == ("English", old.drawings.get().digest)
    assert [(str(event["label"]), str(event["by"]), str(event["note"])) for event in before["events"]] == [
        ("Replaced", "support@example.org", "One name is missing."),
        ("Correction asked for", "nurse@example.org", "One name is missing."),
        ("Drawn", "By itself", "English"),
        ("Issued", "nurse@example.org", ""),
    ]
    assert [(str(item["state"]), item["row"].answer) for item in before["requests"]] == [("Approved", "Gladly.")]
    assert (before["is_active"], after["is_active"]) == (False, True)


def test_page_leads_to_no_certificate_that_was_erased(helper):
    before = licensed()
    holder = before.completion.enrolment.user
    after = replace(certificate=before, facts=before.document, printed_name="Ana Gil", by=holder, note="")
    page = helper.get(page_of(after)).context
    assert [row["code"] for row in page["linked"]] == [row["other"]["code"] for row in page["events"]] == [str(before)]
    Certificate.objects.filter(pk=before.pk).update(printed_name="", facts={}, erased_at=timezone.now())
    page = helper.get(page_of(after)).context
    assert (page["linked"], [row["other"] for row in page["events"]]) == ([], [None])


def test_other_certificates_of_the_same_completion_are_named(helper):
    row = licensed()
    holder = row.completion.enrolment.user
    plain = issue(completion=row.completion, offer="completion", printed_name="Ana Pérez", by=holder)
    assert [other["code"] for other in helper.get(page_of(row)).context["others"]] == [plain.shown_code]


@pytest.mark.parametrize("code", ["nothing", "2222-2222-2222-22222", "7K3M-PQ9X-AB2C-D4EF3"])
def test_unknown_and_impossible_codes_are_not_found(code, helper):
    assert helper.get(f"{FIND}{code}/").status_code == 404


def test_page_costs_the_same_for_one_and_five_events_and_papers(helper):
    row = drawn()

    def cost() -> int:
        helper.get(page_of(row))
        return len(queries(lambda: helper.get(page_of(row))))

    first = cost()
    for number in range(4):
        Drawing.objects.create(certificate=row, language="en", template=90 + number, key_id="0", digest="0", file="x")
        CertificateEvent.objects.create(certificate=row, act=Act.DRAWN, by=helper.user, other=row)
    assert cost() == first


def test_paper_opens_as_it_was_issued(helper):
    row = drawn()
    paper = row.drawings.get()
    response = helper.get(f"{page_of(row)}papers/{paper.pk}/")
    assert (response["Content-Type"], response.content) == ("application/pdf", as_issued(paper))
    assert (response["Cache-Control"], response["Content-Disposition"]) == (
        "no-store",
        f'inline; filename="{row.shown_code}-en.pdf"',
    )


def test_paper_of_another_certificate_is_not_found_under_this_one(helper):
    row, other = issued(1), drawn()
    paper = other.drawings.get()
    assert helper.get(f"{page_of(row)}papers/{paper.pk}/").status_code == 404
    assert helper.post(f"{page_of(row)}papers/{paper.pk}/again/").status_code == 404


def test_lost_file_is_told_and_drawn_again_once_and_its_digest_is_kept(helper):
    row = drawn()
    paper = row.drawings.get()
    default_storage.delete(paper.file.name)
    address = f"{page_of(row)}papers/{paper.pk}/"
    response = helper.get(address)
    assert (response.status_code, "Draw the paper again" in text(response)) == (500, True)
    assert [helper.post(f"{address}again/").url for _click in range(2)] == [page_of(row)] * 2
    default_storage.delete(paper.file.name)
    drain()
    again = row.drawings.get(lost_at=None)
    assert (again.pk != paper.pk, as_issued(again)[:4]) == (True, b"%PDF")
    lost = row.drawings.get(pk=paper.pk)
    assert (lost.digest, lost.lost_at is not None) == (paper.digest, True)
    event = CertificateEvent.objects.filter(act=Act.DIFFERED).last()
    assert (event.by, event.note) == (helper.user, f"en {paper.digest}")


def test_file_that_is_there_is_not_drawn_again(helper):
    row = drawn()
    paper = row.drawings.get()
    response = helper.post(f"{page_of(row)}papers/{paper.pk}/again/", follow=True)
    assert "Nothing was drawn" in text(response)
    assert (row.drawings.get(), CertificateEvent.objects.filter(act=Act.DIFFERED).exists()) == (paper, False)


def test_queue_shows_what_is_asked_for_beside_what_it_says_now_with_the_differences_marked(helper):
    row = licensed()
    asked(row, number="RN 884214", state="TX")
    (item,) = helper.get(QUEUE).context["waiting"]
    shown = [
        (str(pair["label"]), *("".join(text for _kind, text in pair[side]) for side in ("now", "wanted")))
        for pair in item["pairs"]
    ]
    assert shown == [
        ("Name on the certificate", "María José Núñez", RIGHT),
        ("License", "RN 884213 (TX)", "RN 884214 (TX)"),
    ]
    page = text(helper.get(QUEUE))
    marked = ("<ins> Ibáñez</ins>", "RN <del>884213</del> (TX)", "RN <ins>884214</ins> (TX)")
    assert [mark in page for mark in marked] == [True] * 3


def test_what_stays_as_it_is_says_so(helper):
    asked(licensed(), number="RN 884213", state="TX")
    assert [pair["is_same"] for pair in helper.get(QUEUE).context["waiting"][0]["pairs"]] == [False, True]


def test_queue_holds_what_waits_the_oldest_first_and_costs_the_same_for_one_and_ten(helper):
    def cost(numbers: range) -> int:
        for number in numbers:
            asked(issued(number))
        helper.get(QUEUE)
        return len(queries(lambda: helper.get(QUEUE)))

    assert cost(range(1)) == cost(range(1, 10))
    first = CorrectionRequest.objects.earliest("pk")
    assert helper.get(QUEUE).context["waiting"][0]["row"] == first
    helper.post(f"{QUEUE}{first.pk}/", {f"correction-{first.pk}-answer": "No.", "refuse": "1"})
    assert first.pk not in [item["row"].pk for item in helper.get(QUEUE).context["waiting"]]


def decide(client, request: CorrectionRequest, way: str, answer: str):
    return client.post(f"{QUEUE}{request.pk}/", {f"correction-{request.pk}-answer": answer, way: "1"})


@pytest.mark.parametrize("way, answer, state", [("approve", "", "approved"), ("refuse", "Why?", "refused")])
def test_support_decides(way, answer, state, helper):
    request = asked(issued())
    assert decide(helper, request, way, answer).url == QUEUE
    request.refresh_from_db()
    assert (request.state, request.answer, request.decided_by) == (state, answer, helper.user)
    assert Certificate.objects.count() == 1 + (way == "approve")


@pytest.mark.parametrize("way, answer", [("refuse", ""), ("refuse", "  "), ("approve", "x" * 1001), ("", "")])
def test_answer_that_does_not_fit_keeps_what_was_typed_and_decides_nothing(way, answer, helper):
    request = asked(issued())
    response = decide(helper, request, way, answer)
    request.refresh_from_db()
    assert (response.status_code, request.state, Certificate.objects.count()) == (422, RequestState.OPEN, 1)
    assert answer.strip() in text(response)


def test_answer_that_does_not_fit_is_shown_on_the_page_where_its_request_stands(helper, monkeypatch):
    """Rule: whoever refuses without a word sees the same request again (studio/views/corrections.py)."""
    monkeypatch.setattr(corrections, "PER_PAGE", 2)
    requests = [asked(issued(number)) for number in range(3)]
    response = decide(helper, requests[2], "refuse", "")
    assert [item["row"] for item in response.context["waiting"]] == [requests[2]]
    assert response.context["page"].number == 2


def test_second_decision_is_told(helper):
    request = asked(issued())
    decide(helper, request, "approve", "")
    response = helper.get(decide(helper, request, "refuse", "Why?").url)
    assert "this request was decided or withdrawn meanwhile" in text(response)
    assert CorrectionRequest.objects.get().state == RequestState.APPROVED


def test_support_corrects_unasked(helper):
    row = licensed()
    address = f"{page_of(row)}correct/"
    assert [field.name for field in helper.get(address).context["form"]] == [
        "printed_name",
        "license_number",
        "license_state",
        "reason",
    ]
    typed = {"printed_name": RIGHT, "license_number": "RN 1", "license_state": "OK", "reason": "She telephoned."}
    response = helper.post(address, typed)
    new = Certificate.objects.get(replaces=row)
    assert (response.url, new.printed_name, new.document.license) == (
        page_of(new),
        RIGHT,
        License(number="RN 1", state="OK"),
    )


def test_license_is_not_asked_for_where_the_certificate_has_none(helper):
    row = issued()
    address = f"{page_of(row)}correct/"
    assert [field.name for field in helper.get(address).context["form"]] == ["printed_name", "reason"]
    helper.post(address, {"printed_name": RIGHT, "reason": "x", "license_number": "RN 1", "license_state": "TX"})
    assert Certificate.objects.get(replaces=row).document.license == License()


@pytest.mark.parametrize(
    "typed",
    [
        {"printed_name": ""},
        {"printed_name": "x" * 10_000},
        {"printed_name": "Ana\u202eanA"},
        {"license_number": "RN\u202e1"},
        {"license_number": ""},
        {"license_number": "x" * 10_000},
        {"license_state": ""},
        {"license_state": "ZZ"},
        {"reason": ""},
        {"reason": "x" * 1001},
    ],
)
def test_correction_that_cannot_be_printed_is_refused(typed, helper):
    row = licensed()
    whole = {"printed_name": RIGHT, "license_number": "RN 1", "license_state": "OK", "reason": "x"}
    response = helper.post(f"{page_of(row)}correct/", {**whole, **typed})
    assert (response.status_code, list(response.context["form"].errors)) == (422, list(typed))
    assert Certificate.objects.count() == 1


def test_correction_that_changes_nothing_or_comes_too_late_is_told(helper):
    row = issued()
    same = {"printed_name": row.printed_name, "reason": "x"}
    assert "the certificate says so already" in text(helper.post(f"{page_of(row)}correct/", same, follow=True))
    asked(row)
    other = {"printed_name": "Other Name", "reason": "x"}
    assert "Decide on that first" in text(helper.post(f"{page_of(row)}correct/", other, follow=True))
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_administrator_revokes_after_reading_what_happens(language, administrator):
    row = issued()
    address = f"{page_of(row, language)}revoke/"
    assert administrator.get(address).status_code == 200
    typed = {"category": "identity", "note": "Another nurse of this name.", "sure": "on"}
    assert administrator.post(address, typed).url == page_of(row, language)
    row.refresh_from_db()
    assert (row.revocation_category, row.revocation_note) == ("identity", "Another nurse of this name.")
    page = text(administrator.get(page_of(row)))
    assert ("Another nurse of this name." in page, "Revoke this certificate" in page) == (True, False)


@pytest.mark.parametrize(
    "typed", [{"category": ""}, {"category": "x"}, {"note": " "}, {"note": "x" * 2001}, {"sure": ""}]
)
def test_revocation_without_reason_note_or_tick_is_refused(typed, administrator):
    row = issued()
    whole = {"category": "identity", "note": "x", "sure": "on"}
    response = administrator.post(f"{page_of(row)}revoke/", {**whole, **typed})
    assert (response.status_code, list(response.context["form"].errors)) == (422, list(typed))
    row.refresh_from_db()
    assert row.revoked_at is None


def test_revoking_what_was_revoked_is_told(administrator):
    row = issued()
    typed = {"category": "identity", "note": "first", "sure": "on"}
    administrator.post(f"{page_of(row)}revoke/", typed)
    page = text(administrator.post(f"{page_of(row)}revoke/", {**typed, "note": "second"}, follow=True))
    row.refresh_from_db()
    assert ("was replaced or revoked meanwhile" in page, row.revocation_note) == (True, "first")


def test_support_is_shown_no_button_that_it_may_not_press(helper, administrator):
    row = issued()
    shown = [text(client.get(page_of(row))) for client in (helper, administrator)]
    assert [("Correct name or license" in page, "Revoke this certificate" in page) for page in shown] == [
        (True, False),
        (True, True),
    ]


def test_expired_one_says_so_and_can_be_corrected(helper):
    row = certificate(expires_on=date(2020, 1, 1))
    context = helper.get(page_of(row)).context
    assert (str(context["line"]["status"]), context["may_be_corrected"]) == ("Expired", True)
