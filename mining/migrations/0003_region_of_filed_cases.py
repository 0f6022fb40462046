"""Cases filed before they knew their region get that of their centre."""

from django.db import migrations

FILL = """
UPDATE licensing_application AS a SET region = p.region FROM mining_miningparticulars AS p
WHERE p.application_id = a.id AND a.submitted_at IS NOT NULL AND a.region = '' AND p.region <> ''
"""


class Migration(migrations.Migration):
    dependencies = [
        ("licensing", "0007_region_of_a_case_and_assignment_rules"),
        ("mining", "0002_names_of_fields"),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
