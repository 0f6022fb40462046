"""The applicant's signatures in the file of a case: each as it came, and what was found of it."""

from io import BytesIO

from django.utils.translation import gettext as _

from core.days import datetimeshort
from core.services.packing import Packer
from licensing.services.archive_index import Cell, Reader, Section, moment, register_section


def pack_signatures(packer: Packer, reader: Reader) -> None:
    """Copy every signature, and what it signs where that is no document."""
    for number, row in enumerate(reader.signatures, start=1):
        for name, content in ((signature_member(number), row.cms), (content_member(number), row.content)):
            if content is not None:
                packer.add(name, BytesIO(bytes(content)), at=row.checked_at, size=len(content))


def signature_member(number: int) -> str:
    return f"signatures/{number:04d}.p7s"


def content_member(number: int) -> str:
    return f"signatures/{number:04d}-signed.json"


def signatures(reader: Reader) -> Section:
    """Who signed what, by whose certificate, and whether it holds."""
    columns = (_("What is signed"), _("Signed by"), _("Received"), _("Found"), _("Signature"))
    section = Section("signatures", _("Signatures of the applicant"), columns)
    for number, row in enumerate(reader.signatures, start=1):
        member = reader.member(row.document_id) if row.document_id else content_member(number)
        facts = {
            "member": signature_member(number),
            "signed_member": member or None,
            "sha256": row.sha256,
            "signer": row.signer,
            "iin": row.iin,
            "bin": row.bin,
            "issuer": row.issuer,
            "algorithm": row.algorithm,
            "certificate_sha256": row.certificate,
            "signed_at": moment(row.signed_at),
            "received_at": moment(row.checked_at),
            "verdict": row.verdict,
            "reasons": row.found,
        }
        section.add(
            facts,
            Cell((member or row.sha256,), href=member, fixed=True),
            [row.signer, row.bin or row.iin, row.issuer],
            [datetimeshort(row.checked_at)],
            [row.verdict_label, *row.reason_labels],
            Cell((signature_member(number),), href=signature_member(number), fixed=True),
        )
    return section


register_section(signatures, place=3)  # after the documents
