"""Keep what a wrong rating cost and what is owed by it, and the rates of its interest."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from regulation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("pay", "0006_pool_payouts"),
        ("performance", "0002_rating_purpose_and_evidence"),
        ("workforce", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="payorder",
            name="kind",
            field=models.CharField(
                choices=[
                    ("starting_pay", "Starting pay"),
                    ("conversion", "Conversion"),
                    ("range_adjustment", "Rate range adjustment"),
                    ("supplement_adjustment", "Supplement adjustment"),
                    ("payout", "Performance payout"),
                    ("release", "Release of a denied increase"),
                    ("minimum_by_default", "Minimum rate by default"),
                    ("promotion", "Promotion"),
                    ("reassignment", "Reassignment"),
                    ("return_to_duty", "Return to duty"),
                    ("demotion", "Demotion"),
                    ("within_band_reduction", "Reduction within the band"),
                    ("within_band_increase", "Special increase within the band"),
                    ("developmental", "Developmental increase"),
                    ("special_payment", "Special payment"),
                    ("cap_change", "Change of the maximum rate"),
                    ("separation", "Separation"),
                    ("correction", "Correction of a wrong rating"),
                ],
                max_length=24,
            ),
        ),
        migrations.CreateModel(
            name="InterestRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts", models.DateField(unique=True)),
                ("percent", models.DecimalField(decimal_places=3, max_digits=6)),
            ],
            options={
                "ordering": ["starts"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0)), name="interest_not_negative"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level_before", models.CharField(max_length=4)),
                ("level_after", models.CharField(max_length=4)),
                ("reference", models.CharField(max_length=120)),
                ("decided_on", models.DateField()),
                ("corrected_on", models.DateField()),
                ("since", models.DateField(null=True)),
                ("amount", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("interest", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("inputs", models.JSONField(default=dict)),
                ("recorded_at", models.DateTimeField()),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_corrections",
                        to="workforce.employee",
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="performance.ratingofrecord",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["employee", "corrected_on"], name="pay_correct_employe_e7665d_idx"
                    )
                ],
            },
        ),
        append_only("pay_correction"),
    ]
