"""What the house holds itself to, read from its own text: one door for each thing, small files, nothing unused."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import rules
from django.conf import settings
from django.template import Context, Origin, Template

from core.checks import workflows
from core.services import duties
from law.problems import Problem
from licensing.wording import VERBS
from tests.conftest import UnknownVariable

ROOT = Path(settings.BASE_DIR)
ERRORS = {"400.html", "403.html", "403_csrf.html", "404.html", "413.html", "429.html", "500.html"}
PACKAGES = ("law", "core", "licensing", "exchanges", "mining", "inspections", "config")
OURS = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(
    path for folder in [ROOT / "templates", *ROOT.glob("*/templates")] for path in folder.rglob("*") if path.is_file()
)
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text() for path in OURS}
TREES = {name: ast.parse(text) for name, text in TEXTS.items()}


def places(pattern: str) -> set[str]:
    """The files in which a pattern occurs, comments and strings included."""
    return {name for name, text in TEXTS.items() if re.search(pattern, text)}


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function or method by its last name."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called == name:
                    yield path, node


def test_a_state_is_set_in_one_place() -> None:
    setters = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in ast.walk(node)
        if isinstance(target, ast.Attribute) and target.attr == "state" and isinstance(target.ctx, ast.Store)
    }
    assert setters == {"core/services/acts.py"}
    updates = {path for path, call in calls("update") if any(keyword.arg == "state" for keyword in call.keywords)}
    assert not updates


def test_events_have_one_writer() -> None:
    assert places(r"\bEvent\.objects\.(bulk_)?create\(") <= {"core/services/acts.py"}
    assert places(r"\bEvent\(") <= {
        "core/models/events.py",
        "core/services/acts.py",
        *{n for n in TEXTS if "demo" in n},
    }


def test_the_clock_is_read_through_django() -> None:
    """Naive days are those of the server, not of Almaty; and law/ has no clock at all."""
    assert not places(r"\bdate\.today\(|\bdatetime\.(now|utcnow|today)\(")
    assert not {name for name in places(r"\btimezone\.(now|localdate|localtime)\(") if name.startswith("law/")}


def test_services_are_told_the_time() -> None:
    """A service never asks the clock: the act's moment comes in as `at`."""
    asking = {name for name in places(r"\btimezone\.now\(") if "/services/" in name}
    assert not asking


def test_no_signals_of_ours() -> None:
    """Three receivers of the log-in signals, for their events, and none that moves a case."""
    receivers = [
        (path, ast.unparse(decorator))
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "receiver"
    ]
    assert {path for path, _signal in receivers} <= {"core/accounts.py", "core/apps.py"}
    assert not [signal for _path, signal in receivers if "save" in signal or "delete" in signal]
    assert not places(r"= Signal\(")


def test_superusers_get_no_short_cut() -> None:
    """`user.has_perm` lets them through: acts ask allowed(). The admin's own methods answer Django's question."""
    asking = {path for path, _call in calls("has_perm") if not path.startswith("core/admin")}
    assert asking <= {"core/services/acts.py"}


def test_every_permission_in_the_tables_and_services_is_declared() -> None:
    asked = {step.permission for workflow in workflows().values() for step in workflow.transitions}
    for function in ("require", "allowed"):
        for _path, call in calls(function):
            if len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
                asked.add(str(call.args[1].value))
    assert {permission for permission in asked if not rules.perm_exists(permission)} == set()


def test_every_verb_has_its_words() -> None:
    verbs = {
        str(call.args[1].value)
        for path, call in calls("record")
        if len(call.args) > 1 and isinstance(call.args[1], ast.Constant)
    }
    verbs |= {
        f"{label.split('.')[1]}.{step.name}" for label, workflow in workflows().items() for step in workflow.transitions
    }
    on_a_case = {verb for verb in verbs if verb.split(".")[0] in {"application", "licence", "letter", "obligation"}}
    assert on_a_case - set(VERBS) == set()


def test_every_duty_of_a_procedure_is_declared() -> None:
    from licensing.permits import kinds

    for kind in kinds().values():
        assert set(kind.procedure.on_filing) <= set(duties())


def test_workflow_tables_are_sound() -> None:
    for workflow in workflows().values():
        assert workflow.faults() == []


#: Codes that say the same of different things, each by its name.
SEVERAL = {"no-change"}


def test_a_problem_has_one_message() -> None:
    """A code says one thing. What is said of several objects differs by its parameters."""
    said: dict[str, set[str]] = {}
    for _path, call in calls("Problem"):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        code, message = given.get("code"), given.get("message")
        if isinstance(code, ast.Constant) and isinstance(message, ast.Call) and message.args:
            said.setdefault(str(code.value), set()).add(ast.unparse(message.args[0]))
    assert len(said) > 20
    assert {code for code, texts in said.items() if len(texts) > 1} == SEVERAL
    assert Problem.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_modules_and_functions_are_small() -> None:
    long_modules = {name: text.count("\n") for name, text in TEXTS.items() if text.count("\n") > 400}
    assert not long_modules
    long_functions = {
        f"{name}:{node.name}": length
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (length := code_lines(node)) > 40
    }
    assert not long_functions


def code_lines(function: ast.FunctionDef) -> int:
    """Lines of a function without its docstring and its signature."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body or function.end_lineno is None:
        return 0
    return function.end_lineno - body[0].lineno + 1


def own(path: Path) -> bool:
    return not {"unfold", "admin", "allauth", "mfa", "account"} & set(path.relative_to(ROOT / "templates").parts[:1])


def test_templates_are_small() -> None:
    assert {p.name: n for p in TEMPLATES if (n := p.read_text().count("\n")) > 120} == {}


def test_every_template_is_used() -> None:
    """By a view, by another template, or by Django under its fixed name."""
    texts = "\n".join([*TEXTS.values(), *(path.read_text() for path in TEMPLATES)])
    unused = []
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        stem = path.stem
        if not own(path) or name in ERRORS or name in texts or path.parts[-2] == "messages":
            continue
        if f'"{stem}"' in texts or f"'{stem}'" in texts or f"{path.parent.name}/{{" in texts:
            continue  # composed of a folder and a code
        unused.append(name)
    assert unused == []


def test_nothing_waits_for_a_broken_redis() -> None:
    assert settings.CELERY_TASK_PUBLISH_RETRY is False
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
    options = settings.CACHES["default"]["OPTIONS"]
    assert max(options["socket_connect_timeout"], options["socket_timeout"]) <= 1
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["socket_connect_timeout"] <= 1
    delayed = {path for function in ("delay", "apply_async") for path, _call in calls(function)}
    assert not delayed  # tasks are published by name, after the commit, without waiting


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "selectors", "signals", "misc"])
def test_no_drawers_for_odds_and_ends(word: str) -> None:
    assert not [name for name in TEXTS if Path(name).stem == word or word in Path(name).parts[:-1]]


def test_an_unknown_variable_in_a_template_of_ours_fails() -> None:
    """The fixture of tests/conftest.py does see: ours fail, those of libraries print nothing, and asking is allowed."""
    ours, theirs = Origin(str(ROOT / "templates" / "page.html")), Origin("/elsewhere/page.html")
    with pytest.raises(UnknownVariable):
        Template("{{ nobody.knows }}", origin=ours).render(Context())
    assert Template("{{ nobody.knows }}", origin=theirs).render(Context()) == ""
    assert Template("{% if nobody.knows %}x{% endif %}{{ it|default:'y' }}", origin=ours).render(Context()) == "y"


#: Pages that several views share because they are made for it: file, list and form of the desk of providers, a report
#: and its correction, the form of an act, a form that one address shows and another judges, a thing and its end.
SHARED_PAGES = {
    "exchanges/new_file.html",
    "exchanges/new_report.html",
    "licensing/deed.html",
    "licensing/desk_file.html",
    "licensing/new_record.html",
    "mining/difference.html",
    "mining/power_limit.html",
    "public/verify_form.html",
}


def rendered() -> dict[str, set[str]]:
    """Each template that a view gives out as a page, `view(request, "….html", …)`, with the functions that do."""
    found: dict[str, set[str]] = {}
    for name, tree in TREES.items():
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and len(call.args) > 1 and ast.unparse(call.args[0]) == "request":
                    for said in ast.walk(call.args[1]):
                        if isinstance(said, ast.Constant) and str(said.value).endswith(".html"):
                            found.setdefault(str(said.value), set()).add(f"{name}:{function.name}")
    return found


def test_a_template_is_a_page_or_a_part_and_a_page_belongs_to_one_view() -> None:
    """A page and a card of one name once took each other's place unnoticed."""
    pages = rendered()
    parts = {said for path in TEMPLATES for said in re.findall(r'{%\s*include\s+"([^"]+)"', path.read_text())}
    cards = {ast.unparse(call.args[0]).strip("'") for _path, call in calls("Panel") if call.args}
    assert len(pages) > 150
    assert len(cards) > 5
    assert set(pages) & (parts | cards) == set()
    assert {page for page, views in pages.items() if len(views) > 1 and page not in ERRORS} == SHARED_PAGES
