"""For whoever watches the service: does the process live, and can it work."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is migrated, else 503. Redis is told and is not fatal: it only slows mail."""
    database = database_state()
    works = database == "ok"
    facts = {"status": "ok" if works else "unavailable", "database": database, "redis": redis_state()}
    return JsonResponse({**facts, "demo": settings.DEMO}, status=200 if works else 503)


def database_state() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unavailable"
    return "migrations waiting" if waiting else "ok"


def redis_state() -> str:
    try:
        cache.set("health", 1, 5)
    except Exception:  # whatever its client raises, the answer is the same
        return "unavailable"
    return "ok"
