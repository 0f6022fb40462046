"""Small PDF files for demo documents: one page of plain text that every viewer opens.

Made here, since hundreds are needed at once and none is an official paper.
"""

from datetime import date
from io import BytesIO

from core.services import Upload

TITLES = {
    "fee-proof": "Payment order",
    "centre-right": "Title deed of the data centre",
    "equipment-right": "Invoice and acceptance of equipment",
    "hosting-contract": "Contract on placing equipment in a data centre",
    "power-contract": "Contract on supply of electricity",
    "pool-contract": "Contract with a mining pool",
    "security-protocols": "Protocols of security tests",
    "equipment-place": "Lease of the rooms of the equipment",
    "executive-papers": "Diplomas and work records of executives",
    "capital-proof": "Bank statement on the capital paid",
    "charter": "Charter",
    "interaction": "Agreement on interaction",
    "internal-rules": "Internal rules",
    "filer-authority": "Order on who files",
    "facility-rules": "Business, membership and admission rules",
    "business-plan": "Regulatory business plan",
    "individuals": "Papers of the approved individuals",
    "issue-decision": "Decision on the issue of secured assets",
    "backing-proof": "Warehouse receipt",
    "platform-papers": "Description of the platform",
    "regime-plan": "Description of the activity under the special regime",
    "regime-consumers": "Notice to consumers",
    "risk_warning": "Page with the warning of risks",
    "compliance_programme": "Programme of internal control",
    "security_test": "Protocol of a security test",
    "terms": "Terms of issue",
    "risk-disclosure": "Disclosure of risks",
    "underlying-check": "Report on the check of the underlying",
    "answer": "Answer to a question of the authority",
}


def paper(kind: str, *, holder: str, number: str, on: date) -> Upload:
    """A document of a kind, made out to a holder (Latin letters), with a number and a day."""
    title = TITLES.get(kind, kind)
    lines = [title, f"No. {number} of {on:%d.%m.%Y}", "", f"Party: {holder}", "", "A made-up document of the demo."]
    content = pdf(lines)
    return Upload(f"{kind}-{number.replace('/', '-')}.pdf", BytesIO(content), len(content))


def pdf(lines: list[str]) -> bytes:
    """One A4 page; the lines one below another. Characters outside Latin-1 are replaced."""
    escaped = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines]
    text = "BT /F1 14 Tf 20 TL 72 760 Td " + " ".join(f"({line}) Tj T*" for line in escaped) + " ET"
    stream = text.encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, len(body))
    )
