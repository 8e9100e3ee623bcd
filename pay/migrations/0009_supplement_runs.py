"""Let a run adjust supplements, and keep what a directive says of a special rate (9701.333)."""

from __future__ import annotations

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("classification", "0003_decision_cites_its_directive"),
        ("governance", "0002_coordination_with_its_answer"),
        ("pay", "0008_conversion_runs"),
    ]

    operations = [
        migrations.CreateModel(
            name="SpecialRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("category", models.CharField(max_length=24)),
                ("title", models.CharField(max_length=160)),
                ("membership", models.TextField()),
                ("bands", models.JSONField(blank=True, default=list)),
                ("percent", models.DecimalField(decimal_places=4, max_digits=7)),
                (
                    "need",
                    models.CharField(
                        choices=[("current", "Current"), ("anticipated", "Anticipated")],
                        max_length=12,
                    ),
                ),
                ("finding", models.TextField()),
            ],
            options={
                "ordering": ["category", "directive"],
            },
        ),
        migrations.AlterField(
            model_name="payrun",
            name="kind",
            field=models.CharField(
                choices=[
                    ("range_adjustment", "Rate range adjustment"),
                    ("supplement_adjustment", "Supplement adjustment"),
                    ("payout", "Performance payout"),
                    ("conversion", "Conversion"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddConstraint(
            model_name="supplement",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("kind", "="),
                    ("key", "="),
                    (django.db.models.functions.comparison.Coalesce("band", 0), "="),
                    ("period", "&&"),
                ],
                name="one_supplement_of_a_key_at_a_time",
            ),
        ),
        migrations.AddField(
            model_name="specialrate",
            name="directive",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="governance.directive"
            ),
        ),
        migrations.AddConstraint(
            model_name="specialrate",
            constraint=models.UniqueConstraint(
                fields=("directive", "category"), name="one_special_rate_of_a_directive"
            ),
        ),
        migrations.AddConstraint(
            model_name="specialrate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finding", ""), _negated=True),
                    models.Q(("membership", ""), _negated=True),
                ),
                name="special_rate_has_its_finding",
            ),
        ),
    ]
