import re
import time
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.codes import SESSION_KEY
from accounts.models import Profile, User
from jobs import services
from jobs.models import Job, Mail

pytestmark = pytest.mark.django_db

START, CODE = "/en/sign-in/", "/en/sign-in/code/"


def words(response) -> str:
    """The page without what differs between any two visits."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def messages_of(client, url=START) -> list[str]:
    return [str(message) for message in client.get(url).context["messages"]]


def test_code_makes_account_for_new_address_only_when_used(ask_for_code, use_code, signed_in):
    code = ask_for_code("New.Person@Example.org")
    assert list(User.objects.all()) == []
    response = use_code(code)
    assert (response.status_code, response.url, signed_in()) == (302, "/en/profile/", "new.person@example.org")
    user = User.objects.get()
    assert (user.has_usable_password(), user.language, user.is_staff) == (False, "en", False)
    assert Profile.objects.filter(user=user).exists()
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(user.email, True, True)]


def test_code_signs_in_existing_account(learner, ask_for_code, use_code, signed_in):
    use_code(ask_for_code(" ANA@example.org "))
    assert (signed_in(), list(User.objects.all())) == ("ana@example.org", [learner])


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{plain}", "{spaced}"])
def test_code_is_accepted_however_it_was_pasted(typed, learner, ask_for_code, use_code, signed_in):
    code = ask_for_code()
    plain = code.replace("-", "")
    use_code(typed.format(code, lower=code.lower(), plain=plain, spaced=" ".join(plain)))
    assert signed_in() == "ana@example.org"


def test_known_and_new_address_get_the_same_answers(learner):
    """Every page and status up to the code's use, the rate-limited one included."""

    def answers(email):
        browser, seen = Client(), []
        for step in [
            lambda: browser.post(START, {"email": email}),
            lambda: browser.get(CODE),
            lambda: browser.post(CODE, {"code": "AAA-AAA"}),
            lambda: browser.post("/en/sign-in/code/resend/"),
            lambda: browser.get(CODE),
            lambda: browser.post(START, {"email": email}),
            lambda: browser.post(START, {"email": email}),
        ]:
            response = step()
            seen.append((response.status_code, response.get("Location"), words(response).replace(email, "…")))
        return seen

    known, new = answers("ana@example.org"), answers("bob@example.org")
    assert known == new
    assert [status for status, _url, _page in known] == [302, 200, 200, 302, 200, 302, 429]
    services.drain()
    assert [len([m for m in mail.outbox if m.to == [to]]) for to in ("ana@example.org", "bob@example.org")] == [3, 3]


def test_asking_for_a_code_asks_the_database_the_same_of_both(learner, django_assert_num_queries):
    for email in ("ana@example.org", "bob@example.org"):
        browser = Client()
        with django_assert_num_queries(8):
            browser.post(START, {"email": email})


def test_mail_says_nothing_about_the_subject_and_speaks_the_page_language(ask_for_code):
    for language, subject in (("en", "Your sign-in code"), ("es", "Su código para iniciar sesión")):
        ask_for_code(f"{language}@example.org", language)
        letter = mail.outbox[-1]
        assert letter.subject == subject
        assert "traffick" not in letter.body and "trata" not in letter.body
        assert letter.extra_headers["Content-Language"] == language


def test_code_lies_readable_neither_in_session_nor_in_queue(client):
    client.post(START, {"email": "ana@example.org"})
    stored = str(client.session[SESSION_KEY]) + str(Mail.objects.values()) + str(Job.objects.values())
    services.drain()
    code = re.search(r"[A-Z]{3}-[A-Z]{3}", mail.outbox[0].body)[0]
    assert code not in stored and code.replace("-", "") not in stored
    assert Mail.objects.get().expires_at - timezone.now() < timedelta(minutes=15)


def test_replayed_code_does_not_sign_in(learner, client, ask_for_code, use_code, signed_in):
    code = ask_for_code()
    use_code(code)
    client.post("/en/sign-out/")
    response = use_code(code)
    assert (response.url, signed_in()) == ("/en/sign-in/?next=%2Fen%2Fprofile%2F", None)
    assert "That code is no longer valid." in messages_of(client)[-1]


def test_code_of_another_browser_does_not_sign_in(learner, ask_for_code, use_code, signed_in):
    code = ask_for_code()
    assert use_code(code, browser=Client()).url == "/en/sign-in/?next=%2Fen%2Fprofile%2F"
    assert signed_in() is None


def test_wrong_codes_end_with_a_fresh_start(learner, client, ask_for_code, use_code, signed_in):
    code = ask_for_code()
    pages = [use_code("AAA-AAA") for _ in range(5)]
    assert [page.status_code for page in pages] == [200, 200, 200, 200, 302]
    assert "That code does not match." in pages[0].content.decode()
    assert "The code did not match several times" in messages_of(client)[0]
    use_code(code)
    assert signed_in() is None


def test_guesses_sent_at_once_share_one_allowance(learner, client, ask_for_code, use_code, signed_in):
    """Each guess finds the session as it was before any other was counted."""
    code = ask_for_code()
    before = client.session[SESSION_KEY]
    for _ in range(5):
        use_code("AAA-AAA")
        session = client.session
        session[SESSION_KEY] = before
        session.save()
    use_code(code)
    assert signed_in() is None


def test_expired_code_leads_back_kindly(learner, client, ask_for_code, use_code, signed_in, monkeypatch):
    code = ask_for_code()
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 15 * 60 + 1)
    response = use_code(code)
    assert (response.url, signed_in()) == ("/en/sign-in/?next=%2Fen%2Fprofile%2F", None)


def test_code_page_without_a_sign_in_under_way_leads_to_the_start(client):
    response = client.get(CODE + "?next=/en/profile/")
    assert (response.status_code, response.url) == (302, "/en/sign-in/?next=%2Fen%2Fprofile%2F")


def test_resent_code_replaces_the_first(learner, client, ask_for_code, use_code, signed_in):
    first = ask_for_code()
    response = client.post("/en/sign-in/code/resend/", {"next": "/en/profile/"})
    assert response.url == "/en/sign-in/code/?next=%2Fen%2Fprofile%2F"
    services.drain()
    second = re.search(r"[A-Z]{3}-[A-Z]{3}", mail.outbox[-1].body)[0]
    assert use_code(first).status_code == 200
    use_code(second)
    assert signed_in() == "ana@example.org"


def test_resending_is_limited(client):
    client.post(START, {"email": "ana@example.org"})
    for _ in range(4):
        client.post("/en/sign-in/code/resend/")
    services.drain()
    assert len(mail.outbox) == 3
    assert "Several codes were asked for" in messages_of(client, CODE)[-1]


@pytest.mark.parametrize(
    "next_url",
    ["https://evil.example/", "//evil.example/", r"/\evil.example", "javascript:alert(1)", "http:///evil.example"],
)
def test_next_leads_to_no_other_site(next_url, learner, client, ask_for_code, use_code):
    page = client.get(START, {"next": next_url})
    assert page.context["next"] == ""
    response = use_code(ask_for_code(), next_url=next_url)
    assert response.url == "/en/training/"


def test_next_is_kept_from_page_to_page(client):
    page = client.get(START, {"next": "/en/profile/?a=1&b=2"})
    assert 'name="next" value="/en/profile/?a=1&amp;b=2"' in page.content.decode()
    response = client.post(START, {"email": "ana@example.org", "next": "/en/profile/?a=1&b=2"})
    assert client.get(response.url).context["next"] == "/en/profile/?a=1&b=2"


def test_signing_in_on_a_spanish_page_leads_on_in_spanish(learner, ask_for_code, use_code):
    response = use_code(ask_for_code(language="es"), language="es", next_url="/en/profile/")
    learner.refresh_from_db()
    assert (response.url, learner.language) == ("/es/profile/", "es")


def test_closed_account_is_told_so_only_after_the_code(learner, client, ask_for_code, use_code, signed_in):
    User.objects.update(is_active=False)
    response = use_code(ask_for_code())
    assert (response.url, signed_in()) == ("/en/sign-in/", None)
    assert messages_of(client) == ["This account is closed. Please write to whoever runs your training."]


def test_failing_mail_server_does_not_break_the_page(client, monkeypatch):
    def refuse(self, messages):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    assert client.post(START, {"email": "ana@example.org"}).url == CODE
    services.drain()
    assert (client.get(CODE).status_code, Job.objects.get().state) == (200, "pending")


@pytest.mark.parametrize(
    "typed, error",
    [("", "Enter your e-mail address."), ("ana", "Enter a complete e-mail address, such as name@example.org.")],
)
def test_email_form_explains_and_keeps_what_was_typed(typed, error, client):
    page = client.post(START, {"email": typed})
    assert (page.context["form"].errors["email"], page.context["form"]["email"].value()) == ([error], typed)
    assert list(Job.objects.all()) == []


def test_signed_in_person_is_not_asked_again(learner, client):
    client.force_login(learner)
    assert [client.get(url + "?next=/en/help/").url for url in (START, CODE)] == ["/en/help/", "/en/help/"]


def test_sign_out_needs_a_post(learner, client, signed_in):
    client.force_login(learner)
    assert client.get("/en/sign-out/").status_code == 405
    assert client.post("/en/sign-out/").url == "/en/sign-in/"
    assert signed_in() is None


@pytest.mark.parametrize("path", ["login/", "signup/", "accounts/login/", "password/reset/"])
def test_other_doors_of_allauth_are_not_there(path, client):
    assert client.get(f"/en/{path}").status_code == 404


def test_password_guesses_in_the_admin_are_limited(client):
    User.objects.create_superuser("boss@example.org", "right-and-long-enough")
    for _ in range(5):
        client.post("/admin/login/", {"username": "boss@example.org", "password": "wrong"})
    page = client.post("/admin/login/", {"username": "boss@example.org", "password": "right-and-long-enough"})
    assert page.context["form"].non_field_errors() == ["Too many attempts. Please wait five minutes, then try again."]


def test_administrator_signs_in_to_the_admin_with_a_password(client, signed_in):
    User.objects.create_superuser("boss@example.org", "right-and-long-enough")
    client.post("/admin/login/", {"username": "Boss@example.org", "password": "right-and-long-enough"})
    assert signed_in() == "boss@example.org"
