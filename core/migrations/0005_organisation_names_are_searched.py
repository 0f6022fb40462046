"""Names are looked up by a part of them, in any of the three languages: an index of trigrams for each."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations
from django.db.models.functions import Upper


def index_of(code: str) -> migrations.AddIndex:
    words = OpClass(Upper(f"name_{code}"), name="gin_trgm_ops")
    return migrations.AddIndex("organisation", GinIndex(words, name=f"organisation_name_{code}"))


class Migration(migrations.Migration):
    dependencies = [("core", "0004_no_event_below_a_seal")]

    operations = [TrigramExtension(), index_of("kk"), index_of("ru"), index_of("en")]
