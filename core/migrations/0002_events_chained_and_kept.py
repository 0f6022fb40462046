"""Events are numbered, chained and hashed by the database, and cannot be changed; the application's role may not try.

An event that drew its id before a seal and was inserted after it takes a new one: below a seal nothing may appear. The
id is drawn before the trigger waits for the seal's lock, so a slow insert could else come in among sealed events, and
their root would no longer hold.

Timed steps are taken by one user, who cannot sign in: he is made here.
"""

from typing import Any

from django.db import migrations

DIGEST = """
CREATE FUNCTION core_event_digest(e core_event) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        e.id, e.subject_type, e.subject_id, e.seq, to_jsonb(e.at AT TIME ZONE 'UTC'), e.actor_id, e.on_behalf_of_id,
        e.verb, e.from_state, e.to_state, e.reason, e.grounds, e.data, e.authority_id, e.organisation_id, e.audience,
        e.reference, e.title, encode(e.previous_hash, 'hex')
    )::text, 'UTF8'))
$$;
"""

# 7207301 is core.services.seals.SEAL_LOCK. The query after the lock sees the seal that was waited for.
# A seq above zero is kept: set-based loaders number their rows themselves and take no lock per subject.
CHAIN = """
CREATE FUNCTION core_event_chain() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER core_event_chain BEFORE INSERT ON core_event FOR EACH ROW EXECUTE FUNCTION core_event_chain();
"""

REFUSE = """
CREATE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER core_event_append_only BEFORE UPDATE OR DELETE ON core_event
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER core_access_append_only BEFORE UPDATE OR DELETE ON core_access
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER core_checkpoint_append_only BEFORE UPDATE OR DELETE ON core_checkpoint
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""

# The application logs in as tizilim_app: it reads and writes rows, and may neither empty nor alter a table.
ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tizilim_app') THEN
        CREATE ROLE tizilim_app NOLOGIN;
    END IF;
EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
    RAISE NOTICE 'tizilim_app is to be created by an administrator';
END $$;
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tizilim_app') THEN
        GRANT USAGE ON SCHEMA public TO tizilim_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO tizilim_app;
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO tizilim_app;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tizilim_app;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO tizilim_app;
        REVOKE UPDATE, DELETE ON core_event, core_access, core_checkpoint FROM tizilim_app;
        -- Nor may it choose an event's id: one far ahead would be sealed, and all later events would lie below it.
        -- A column added to core_event later is granted by its own migration.
        REVOKE INSERT ON core_event FROM tizilim_app;
        EXECUTE (SELECT format('GRANT INSERT (%s) ON core_event TO tizilim_app',
                               string_agg(quote_ident(column_name), ', '))
                 FROM information_schema.columns
                 WHERE table_schema = 'public' AND table_name = 'core_event' AND column_name <> 'id');
    END IF;
END $$;
"""

BACK = """
DROP TRIGGER core_event_chain ON core_event;
DROP TRIGGER core_event_append_only ON core_event;
DROP TRIGGER core_access_append_only ON core_access;
DROP TRIGGER core_checkpoint_append_only ON core_checkpoint;
DROP FUNCTION core_event_chain();
DROP FUNCTION core_event_digest(core_event);
DROP FUNCTION core_refuse_change();
"""


def make_system_user(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "User").objects.get_or_create(
        email="system@tizilim.invalid", defaults={"role": "system", "full_name": "", "password": "!", "language": "kk"}
    )


class Migration(migrations.Migration):
    # A database made before the migrations were gathered here counts as having them.
    replaces = [
        ("core", "0002_events_are_append_only"),
        ("core", "0003_the_system_user"),
        ("core", "0004_no_event_below_a_seal"),
    ]
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.RunSQL(DIGEST + CHAIN + REFUSE, BACK),
        migrations.RunSQL(ROLE, migrations.RunSQL.noop),
        migrations.RunPython(make_system_user, migrations.RunPython.noop),
    ]
