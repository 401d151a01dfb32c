"""Where learners stand, asked of the database, so that long lists can be filtered and counted."""

from collections.abc import Iterable
from enum import StrEnum

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import (
    Avg,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from courses.choices import Stage
from courses.models import Module, Release
from learning.models import (
    Attempt,
    AttemptGrant,
    CaseDecision,
    CheckAnswer,
    EditionMove,
    Enrolment,
    SettingChoice,
    Visit,
)


class Standing(StrEnum):
    NOT_BEGUN = "not-begun"  # enrolled, and no step opened
    IN_PROGRESS = "in-progress"
    OUT_OF_ATTEMPTS = "out-of-attempts"  # only a grant helps
    COMPLETED = "completed"


def learners_of(module: Module) -> QuerySet[Enrolment]:
    """The newest first, with the person."""
    rows = with_standing(module.enrolments.all()).select_related("user__profile", "release")
    return rows.defer("release__document").order_by("-started_at", "-pk")


def with_standing(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Annotated with `standing`, and `best`: the best score in the final test, None before the first one."""
    tries = Attempt.objects.filter(enrolment=OuterRef("pk"), stage=Stage.POST)
    undecided = Exists(tries.filter(Q(submitted_at=None) | Q(passed=True)))
    counted = enrolments.alias(
        used=_count(tries),
        granted=_count(AttemptGrant.objects.filter(enrolment=OuterRef("pk"), stage=Stage.POST)),
        allowed=_allowed(enrolments),
    )
    return counted.annotate(
        best=Subquery(tries.filter(score__isnull=False).order_by("-score").values("score")[:1]),
        standing=Case(
            When(completed_at__isnull=False, then=Value(Standing.COMPLETED)),
            When(~Exists(Visit.objects.filter(enrolment=OuterRef("pk"))), then=Value(Standing.NOT_BEGUN)),
            When(~undecided & Q(used__gte=F("allowed") + F("granted")), then=Value(Standing.OUT_OF_ATTEMPTS)),
            default=Value(Standing.IN_PROGRESS),
        ),
    )


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("enrolment").annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted), 0)


def _allowed(enrolments: QuerySet[Enrolment]) -> Case:
    """What each edition says; NULL, to which no number compares, where it sets no limit."""
    releases: Iterable[Release] = Release.objects.filter(pk__in=enrolments.values("release")).defer("document")
    limits = {release.pk: release.content.attempts_allowed for release in releases}
    whens = [When(release=pk, then=Value(limit)) for pk, limit in limits.items() if limit is not None]
    return Case(*whens, default=None, output_field=IntegerField())


def results(enrolments: QuerySet[Enrolment]) -> list[dict]:
    """By setting and language: how many learners, how many completed, and their mean final score or None."""
    return list(
        enrolments.order_by("setting", "locale")
        .values("setting", "locale")
        .annotate(learners=Count("pk"), completed=Count("completed_at"), score=Avg("completion__score"))
    )


def record_of(user: AbstractBaseUser) -> QuerySet[Enrolment]:
    """Everything a learner did but the answers to the survey, which nobody can find; the newest module first."""
    own = with_standing(Enrolment.objects.filter(user=user))
    return (
        own.select_related("module", "release", "completion", "survey_done")
        .defer("release__document")
        .order_by("-started_at", "-pk")
        .prefetch_related(
            "visits",
            Prefetch("attempts", _with_release(Attempt.objects.order_by("pk"))),
            "attempts__responses",
            Prefetch("check_answers", CheckAnswer.objects.order_by("number")),
            Prefetch("case_decisions", CaseDecision.objects.order_by("run", "id")),
            Prefetch("setting_choices", _with_release(SettingChoice.objects.all())),
            Prefetch(
                "edition_moves", _with_release(EditionMove.objects.select_related("before")).defer("before__document")
            ),
            Prefetch("attempt_grants", AttemptGrant.objects.select_related("by")),
        )
    )


def _with_release(facts: QuerySet) -> QuerySet:
    return facts.select_related("release").defer("release__document")
