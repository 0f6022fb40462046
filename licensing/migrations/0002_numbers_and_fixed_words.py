"""Numbers of cases come from sequences; a signed clarification is never changed, by the database itself."""

from django.db import migrations

SEQUENCES = (
    "licensing_application_number",
    "licensing_life_number",
    "licensing_appeal_number",
    "licensing_clarification_request",
    "licensing_objection_reference",
    "licensing_match_reference",
)

#: What was signed is never changed: neither words nor number nor signature, nor may it vanish.
FIXED = """
CREATE FUNCTION licensing_clarification_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a signed clarification is not deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.number, NEW.reference, NEW.authority_id, NEW.organisation_id, NEW.asked, NEW.title, NEW.question,
        NEW.answer, NEW.provisions, NEW.drafted_by_id, NEW.drafted_at, NEW.signed_by_id, NEW.signed_at, NEW.signed_on,
        NEW.replaces_id, NEW.letter)
       IS DISTINCT FROM
       (OLD.number, OLD.reference, OLD.authority_id, OLD.organisation_id, OLD.asked, OLD.title, OLD.question,
        OLD.answer, OLD.provisions, OLD.drafted_by_id, OLD.drafted_at, OLD.signed_by_id, OLD.signed_at, OLD.signed_on,
        OLD.replaces_id, OLD.letter) THEN
        RAISE EXCEPTION 'a signed clarification is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER licensing_clarification_fixed BEFORE UPDATE OR DELETE ON licensing_clarification
    FOR EACH ROW WHEN (OLD.number <> '') EXECUTE FUNCTION licensing_clarification_is_fixed();
"""
NOT_FIXED = """
DROP TRIGGER licensing_clarification_fixed ON licensing_clarification;
DROP FUNCTION licensing_clarification_is_fixed();
"""


class Migration(migrations.Migration):
    # A database made before the migrations were gathered here counts as having them.
    replaces = [
        ("licensing", "0016_official_clarifications"),
    ]
    dependencies = [("licensing", "0001_initial")]
    operations = [
        *(migrations.RunSQL(f"CREATE SEQUENCE {name}", f"DROP SEQUENCE {name}") for name in SEQUENCES),
        migrations.RunSQL(FIXED, NOT_FIXED),
    ]
