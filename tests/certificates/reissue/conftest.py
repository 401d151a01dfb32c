import pytest

from accounts.choices import Role
from accounts.models import RoleGrant, User
from certificates import drawing, signing
from certificates.models import Certificate
from certificates.services import reissuing
from certificates.services.issuing import issue
from courses.models import Module, Release
from jobs import services as jobs
from tests import factories
from tests.certificates.factories import completion
from tests.certificates.reissue.steps import NURSE, content

HOLDERS = ("ana", "bea", "eva", "ida", "lia", "mia", "noa")


@pytest.fixture(autouse=True)
def _light_files(monkeypatch) -> None:
    monkeypatch.setattr(signing, "sign", lambda content: content)
    monkeypatch.setattr(
        drawing, "draw", lambda issued, language: f"{issued.code} {language} {drawing.TEMPLATE}".encode()
    )


@pytest.fixture
def administrator() -> User:
    person = factories.user("admin@example.org")
    RoleGrant.objects.create(user=person, role=Role.ADMINISTRATOR)
    return person


@pytest.fixture
def held() -> list[Certificate]:
    """Seven nurses with their hours, each paper drawn: more than one batch a lane."""
    issued, release = [], factories.release(content())
    for name in HOLDERS:
        row = completion(factories.user(f"{name}@example.org"), release=release)
        issued.append(
            issue(completion=row, offer="nursing", printed_name=name.title(), by=row.enrolment.user, held=NURSE)
        )
    jobs.drain()
    return issued


@pytest.fixture
def module(held) -> Module:
    return Module.objects.get()


@pytest.fixture
def new_accreditor(module) -> Release:
    words = factories.words("Another accreditor")
    return factories.release(content(provider=words, provider_number="Q-1"), number=2)


@pytest.fixture
def _new_template(held, monkeypatch) -> None:
    monkeypatch.setattr(drawing, "TEMPLATE", drawing.TEMPLATE + 1)
    monkeypatch.setattr(reissuing, "TEMPLATE", drawing.TEMPLATE)
