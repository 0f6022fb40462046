"""What hangs on the case beside its own procedure: measures against its licence, objections to what the program did."""

from collections import defaultdict

from django.db.models import Q
from django.utils.translation import gettext as _

from core.automated import automated
from core.days import dateshort, datetimeshort
from core.models import Document
from licensing.models import Application, Licence, Measure, Objection
from licensing.services.archive_index import Cell, Reader, Section, day, moment, register_section, told_measures
from licensing.services.archive_sections import person
from licensing.wording import event_title


def measures(reader: Reader) -> Section:
    """Each with its draft, what the holder said of it, and what he brought."""
    columns = (_("Measure"), _("State"), _("Reasons in words"), _("Position of the holder"), _("Documents"))
    section = Section("measures", _("Measures"), columns)
    brought: dict[int, list[Document]] = defaultdict(list)
    for document in reader.documents:
        if document.subject_type == Measure._meta.label_lower:
            brought[document.subject_id].append(document)
    rows = told_measures(reader.application, reader.user, internal=reader.internal).select_related("licence")
    for row in rows.order_by("id"):
        state = row.WORKFLOW.state(row.state)
        label = _(state.label if reader.internal else state.applicant_label)
        members = [member for document in brought[row.pk] if (member := reader.member(document.pk))]
        facts = {
            "reference": row.reference,
            "licence": row.licence.number,
            "act": row.act,
            "state": row.state,
            "reasons": row.reasons,
            "text": row.text,
            "told_on": day(row.told_on),
            "position": row.position,
            "position_at": moment(row.position_at),
            "closed_at": moment(row.closed_at),
            "members": members,
        }
        section.add(
            facts,
            [row.reference, str(row.get_act_display()), row.licence.number],
            [label, dateshort(row.told_on), datetimeshort(row.closed_at)],
            row.text.splitlines(),
            [*row.position.splitlines(), datetimeshort(row.position_at)],
            Cell(tuple(members), href=members[0] if members else "", fixed=True),
        )
    return section


def objections(reader: Reader) -> Section:
    """What a natural person objected to in the case or its licence, and the answer."""
    columns = (_("Objection"), _("What the program did"), _("What is objected"), _("Answer"))
    section = Section("objections", _("Objections"), columns)
    case = reader.application
    licences = Licence.objects.filter(application=case).values("pk")
    about = Q(event__subject_type=Application._meta.label_lower, event__subject_id=case.pk)
    about |= Q(event__subject_type=Licence._meta.label_lower, event__subject_id__in=licences)
    rows = Objection.objects.visible_to(reader.user).filter(about).select_related("event", "filed_by", "answered_by")
    for row in rows.order_by("id"):
        act, state = automated().get(row.act), row.WORKFLOW.state(row.state)
        label = _(state.label if reader.internal else state.applicant_label)
        by, answered = person(reader, row.filed_by), person(reader, row.answered_by)
        facts = {
            "reference": row.reference,
            "act": row.act,
            "event": row.event.verb,
            "event_seq": row.event.seq,
            "event_at": moment(row.event.at),
            "state": row.state,
            "text": row.text,
            "filed_at": moment(row.created_at),
            "answer": row.answer,
            "answered_at": moment(row.answered_at),
        }
        section.add(
            facts | ({"filed_by": by, "answered_by": answered} if reader.internal else {}),
            [row.reference, label, datetimeshort(row.created_at), by],
            [event_title(row.event), _(act.title) if act else row.act, datetimeshort(row.event.at)],
            row.text.splitlines(),
            [*row.answer.splitlines(), datetimeshort(row.answered_at), answered],
        )
    return section


for read in (measures, objections):
    register_section(read, place=-1)  # before the timeline
