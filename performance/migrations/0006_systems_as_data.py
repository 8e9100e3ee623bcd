from __future__ import annotations

from datetime import date
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def cover_all(apps: Any, editor: Any) -> None:
    """The system that stood alone so far covers everybody, as it did."""
    systems = apps.get_model("performance", "PerformanceSystem")
    coverage = apps.get_model("performance", "SystemCoverage")
    # On the connection that migrates: any other would wait for the tables that it holds.
    mine = editor.connection.alias
    for system in systems.objects.using(mine).filter(code="DHS", coverage=None):
        coverage.objects.using(mine).create(system=system, starts=date(1900, 1, 1))


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0005_follow_ups_of_the_year"),
        ("workforce", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="performancesystem",
            name="starts",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="performancesystem",
            name="procedures",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="performancesystem",
            name="special_rules",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="performancesystem",
            name="appraisal_purposes",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="specialcircumstance",
            name="appraised_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workforce.employee",
            ),
        ),
        migrations.AddField(
            model_name="specialcircumstance",
            name="recorded_on",
            field=models.DateField(default=date(2005, 8, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="specialcircumstance",
            name="recorded_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(cover_all, migrations.RunPython.noop),
    ]
