"""The log of reads is only ever added to."""

from __future__ import annotations

from regulation.append_only import append_only
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [append_only("accounts_readlog")]
