"""manage.py make_docs: write the generated pages of docs/ from the tables they describe.

docs/workflows.md comes from the workflow tables, docs/law.md from the provisions, docs/automated.md from the registry
of automated acts, docs/perimeter.md from the answers of law.exchanges. `--check` writes nothing and fails when a page
is not what would be written.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.perimeter_page import perimeter_page
from core.automated import automated
from core.checks import workflows
from core.workflow import Workflow
from law.definitions import EDITIONS
from law.provisions import Provision, groups
from licensing.permits import kinds

NOTICE = "<!-- Written by `manage.py make_docs`; change the tables, not this page. -->"


def workflows_page() -> Iterator[str]:
    """The workflow tables with roles, and the kinds that use them."""
    yield from (
        "# Workflows",
        "",
        NOTICE,
        "",
        "A state changes only by one of these steps, taken by `core.services.advance()`. Tests hold every state,",
        "step and role to this page.",
        "",
    )
    for label, workflow in sorted(workflows().items()):
        yield from (f"## {workflow.name.capitalize()} (`{label}`)", "")
        yield from diagram(workflow)
        yield from ("| step | from | to | who | permission | guards |", "|---|---|---|---|---|---|")
        for step in workflow.transitions:
            guards = ", ".join(f"`{guard.__name__}`" for guard in step.guards) or "–"
            yield (
                f"| **{step.label}** (`{step.name}`) | {', '.join(step.sources)} | {step.target} "
                f"| {', '.join(step.roles)} | `{step.permission}` | {guards} |"
            )
        yield from ("", "| state | officers read | applicants read |", "|---|---|---|")
        for state in workflow.states:
            yield f"| `{state.name}`{' (final)' if state.final else ''} | {state.label} | {state.applicant_label} |"
        yield ""
    yield from (
        "## Kinds of permits",
        "",
        "| kind | name | authority | filing from | until | terms from filing |",
        "|---|---|---|---|---|---|",
    )
    for kind in kinds().values():
        first, end = kind.available[0], kind.until
        yield (
            f"| `{kind.code}` | {kind.name} | {kind.authority} | {first} | {end or 'open'} "
            f"| {', '.join(kind.procedure.on_filing)} |"
        )


def diagram(workflow: Workflow) -> Iterator[str]:
    yield from ("```mermaid", "stateDiagram-v2", f"    [*] --> {workflow.initial}")
    for step in workflow.transitions:
        yield from (f"    {source} --> {step.target}: {step.name}" for source in step.sources)
    yield from (f"    {state.name} --> [*]" for state in workflow.states if state.final)
    yield from ("```", "")


def law_page() -> Iterator[str]:
    """Every provision with its days, source and how sure it is; every edition."""
    yield from (
        "# The law as rows",
        "",
        NOTICE,
        "",
        "`repealed` is the first day on which a row no longer applies. What is *source* or *assumed*, in content or in",
        "its day, says *unconfirmed* wherever the product shows it. Not legal advice.",
        "",
        "## Editions",
        "",
        "| from | act | what changed | day |",
        "|---|---|---|---|",
    )
    yield from (
        f"| {edition.day} | {edition.act} | {edition.title}: {edition.summary} | {edition.day_confidence} |"
        for edition in EDITIONS
    )
    for title, rows in groups():
        yield from (
            "",
            f"## {title}",
            "",
            "| code | rule | value | unit | in force | repealed | source | confidence | day |",
            "|---|---|---|---|---|---|---|---|---|",
        )
        yield from (provision_row(row) for row in rows)


def provision_row(row: Provision) -> str:
    note = f" ({row.note})" if row.note else ""
    return (
        f"| `{row.code}` | {row.title}{note} | {row.value_text} | {row.unit} | {row.in_force} | {row.repealed or ''} "
        f"| {row.source.act}, {row.source.article} | {row.confidence} | {row.day_confidence} |"
    )


def automated_page() -> Iterator[str]:
    """What the program does without a person."""
    yield from (
        "# What the program does by itself",
        "",
        NOTICE.replace("tables", "registry"),
        "",
        "Nothing is decided against a natural person by the program alone; whom an act concerns may object",
        "(`/account/objections/`). `manage.py check` fails when a scheduled task, a step of the system or what follows",
        "an unmet term is not listed here.",
        "",
        "| act | what | rule | runs by | steps and events | adverse | person behind it |",
        "|---|---|---|---|---|---|---|",
    )
    for act in automated().values():
        runs = ", ".join(f"`{one}`" for one in act.tasks) or "a person's act"
        writes = ", ".join(f"`{one}`" for one in act.verbs) or "–"
        rule = f"`{act.provision}`" if act.provision else "–"
        adverse = "yes" if act.adverse else "no"
        yield f"| `{act.code}` | {act.title} | {rule} | {runs} | {writes} | {adverse} | {act.person or '–'} |"


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "workflows.md": workflows_page,
    "law.md": law_page,
    "automated.md": automated_page,
    "perimeter.md": partial(perimeter_page, NOTICE),
}


class Command(BaseCommand):
    help = "Write the generated pages of docs/; --check fails when they are not up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        stale = []
        for name, lines in PAGES.items():
            path, text = settings.BASE_DIR / "docs" / name, "\n".join(lines()).rstrip() + "\n"
            if options["check"]:
                stale += [name] if not path.exists() or path.read_text() != text else []
            else:
                path.write_text(text)
        if stale:
            raise CommandError(f"not up to date: {', '.join(stale)}; run manage.py make_docs")
