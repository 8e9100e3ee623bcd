"""History and ledger rows are only ever added."""

from __future__ import annotations

from regulation.append_only import append_only
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]

    operations = [append_only("casework_entry")]
