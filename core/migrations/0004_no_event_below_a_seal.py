"""An event that drew its id before a seal and was inserted after it takes a new one: below a seal nothing may appear.

The id is drawn before the trigger waits for the seal's lock, so a slow insert could else come in among sealed events,
and their root would no longer hold.
"""

from django.db import migrations

# 7207301 is core.services.seals.SEAL_LOCK. The query after the lock sees the seal that was waited for.
CHAIN = """
CREATE OR REPLACE FUNCTION core_event_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7207301);
    IF NEW.id <= (SELECT last_event FROM core_checkpoint ORDER BY id DESC LIMIT 1) THEN
        NEW.id := nextval(pg_get_serial_sequence('core_event', 'id'));
    END IF;
    IF NEW.seq = 0 THEN
        PERFORM pg_advisory_xact_lock(hashtext(NEW.subject_type), (NEW.subject_id % 2147483647)::int);
        SELECT seq + 1, hash INTO NEW.seq, NEW.previous_hash FROM core_event
            WHERE subject_type = NEW.subject_type AND subject_id = NEW.subject_id ORDER BY seq DESC LIMIT 1;
        NEW.seq := coalesce(NEW.seq, 1);
    ELSIF NEW.seq > 1 THEN
        SELECT hash INTO NEW.previous_hash FROM core_event
            WHERE subject_type = NEW.subject_type AND subject_id = NEW.subject_id AND seq = NEW.seq - 1;
    ELSE
        NEW.previous_hash := NULL;
    END IF;
    NEW.hash := core_event_digest(NEW);
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_the_system_user")]
    operations = [migrations.RunSQL(CHAIN, migrations.RunSQL.noop)]
