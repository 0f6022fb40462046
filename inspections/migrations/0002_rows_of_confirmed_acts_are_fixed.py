"""Requirements and criteria of a joint act that was confirmed are never changed, by the database itself."""

from django.db import migrations

#: An act is confirmed with the rows that it has: none is added, changed or taken out afterwards. The lock on the act
#: lets nobody confirm it while its rows change.
FIXED = """
CREATE FUNCTION inspections_joint_act_rows_are_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    acts bigint[];
    found varchar;
BEGIN
    acts := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.act_id] WHEN 'DELETE' THEN ARRAY[OLD.act_id]
        ELSE ARRAY[OLD.act_id, NEW.act_id] END;
    FOR found IN SELECT state FROM inspections_jointact WHERE id = ANY (acts) ORDER BY id FOR SHARE LOOP
        IF found IN ('confirmed', 'ended') THEN
            RAISE EXCEPTION 'rows of a confirmed joint act are not changed' USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER inspections_requirement_fixed BEFORE INSERT OR UPDATE OR DELETE ON inspections_requirement
    FOR EACH ROW EXECUTE FUNCTION inspections_joint_act_rows_are_fixed();
CREATE TRIGGER inspections_criterion_fixed BEFORE INSERT OR UPDATE OR DELETE ON inspections_criterion
    FOR EACH ROW EXECUTE FUNCTION inspections_joint_act_rows_are_fixed();
"""
NOT_FIXED = """
DROP TRIGGER inspections_requirement_fixed ON inspections_requirement;
DROP TRIGGER inspections_criterion_fixed ON inspections_criterion;
DROP FUNCTION inspections_joint_act_rows_are_fixed();
"""


class Migration(migrations.Migration):
    # A database made before the migrations were gathered here counts as having them.
    replaces = [("inspections", "0009_rows_of_confirmed_acts_are_fixed")]
    dependencies = [("inspections", "0001_initial")]
    operations = [migrations.RunSQL(FIXED, NOT_FIXED)]
