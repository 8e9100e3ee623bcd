"""Keep former rates, ladders and parallel systems, and let a run convert (9701.371-374)."""

from __future__ import annotations

import django.db.models.deletion
import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("classification", "0003_decision_cites_its_directive"),
        ("governance", "0002_coordination_with_its_answer"),
        ("pay", "0007_corrections"),
        ("workforce", "0001_initial"),
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
                    ("career_ladder", "Equivalent of a career ladder promotion"),
                    ("before_gs_move", "Increase before a move to the General Schedule"),
                    ("special_payment", "Special payment"),
                    ("cap_change", "Change of the maximum rate"),
                    ("separation", "Separation"),
                    ("correction", "Correction of a wrong rating"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="payrun",
            name="kind",
            field=models.CharField(
                choices=[
                    ("range_adjustment", "Rate range adjustment"),
                    ("payout", "Performance payout"),
                    ("conversion", "Conversion"),
                ],
                max_length=24,
            ),
        ),
        migrations.CreateModel(
            name="ParallelPaySystem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("category", models.CharField(max_length=60, unique=True)),
                ("since", models.DateField()),
                ("authority", models.CharField(max_length=160)),
                ("until", models.DateField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=160)),
                (
                    "coordination",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.coordination",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormerRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("converts_on", models.DateField()),
                (
                    "system",
                    models.CharField(
                        choices=[
                            ("GS", "General Schedule"),
                            ("FWS", "Federal Wage System"),
                            ("SL", "Senior Level"),
                            ("ST", "Scientific and Professional"),
                            ("SES", "Senior Executive Service"),
                        ],
                        max_length=4,
                    ),
                ),
                ("basic", models.PositiveIntegerField()),
                (
                    "locality_percent",
                    models.DecimalField(decimal_places=4, max_digits=7, null=True),
                ),
                ("special_rate", models.PositiveIntegerField(null=True)),
                ("step", models.PositiveSmallIntegerField(null=True)),
                ("next_step", models.PositiveIntegerField(null=True)),
                ("days_served", models.PositiveIntegerField(default=0)),
                ("retained", models.BooleanField(default=False)),
                ("acceptable", models.BooleanField(default=True)),
                ("law_enforcement", models.BooleanField(default=False)),
                ("temporary_total", models.PositiveIntegerField(null=True)),
                ("same_day", models.JSONField(default=list)),
                ("loaded_at", models.DateTimeField()),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_rates",
                        to="workforce.employee",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("employee", "converts_on"), name="one_former_rate_of_a_conversion"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LadderPromotion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("due_on", models.DateField()),
                ("before", models.PositiveIntegerField()),
                ("after", models.PositiveIntegerField()),
                ("requirements_met", models.BooleanField(default=False)),
                ("authority", models.CharField(max_length=160)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("scheduled", "Scheduled"),
                            ("paid", "Paid"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="scheduled",
                        max_length=12,
                        protected=True,
                    ),
                ),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ladder_promotions",
                        to="workforce.employee",
                    ),
                ),
            ],
            options={
                "ordering": ["employee", "due_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("employee", "due_on"), name="one_ladder_promotion_of_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("after__gt", models.F("before")), ("before__gt", 0)),
                        name="ladder_promotion_rises",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressionPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("effective", models.DateField()),
                ("authority", models.CharField(max_length=160)),
                (
                    "band",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="classification.band",
                    ),
                ),
            ],
            options={
                "ordering": ["band", "effective"],
                "constraints": [
                    models.UniqueConstraint(fields=("band", "effective"), name="one_plan_of_a_band")
                ],
            },
        ),
    ]
