"""Keep of a pay pool who manages it, and which directive established it (5 CFR 9701.342(b)(1))."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0003_directives_drafted_and_issued"),
        ("pay", "0011_cancellations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="paypool",
            name="directive",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="governance.directive",
            ),
        ),
        migrations.AddField(
            model_name="paypool",
            name="manager",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="paypool",
            name="starts",
            field=models.DateField(blank=True, null=True),
        ),
    ]
