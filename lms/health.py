from collections.abc import Callable
from functools import cache as remember

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """May this process be given requests? Says what is amiss, never why: the page is public."""
    checks = {"database": _works(_database), "migrations": _works(_migrations), "cache": _works(_cache)}
    is_ready = checks["database"] and checks["migrations"]  # pages go on without a cache
    return JsonResponse({"status": "ok" if is_ready else "unavailable", **checks}, status=200 if is_ready else 503)


def _works(check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception:  # any trouble at all means "not ready"
        return False
    return True


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@remember
def _migrations() -> None:
    """Remembered once it has passed: applied migrations stay applied, and reading them all is slow."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError("unapplied migrations")


def _cache() -> None:
    cache.set("readyz", "ok", 5)
    if cache.get("readyz") != "ok":
        raise RuntimeError("the cache forgets")
