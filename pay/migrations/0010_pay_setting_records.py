"""Keep special payments by date, progression steps, supervisor programs, representative rates."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("classification", "0003_decision_cites_its_directive"),
        ("pay", "0009_supplement_runs"),
        ("workforce", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PointCertification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("point", models.CharField(max_length=120)),
                ("certified_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="ProgressionStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("points", models.JSONField(default=list)),
                ("amount", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "percent",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True),
                ),
                ("standard_months", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["plan", "number"],
            },
        ),
        migrations.CreateModel(
            name="SpecialPayment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("skills", "Special skills payment"),
                            ("assignment", "Special assignment payment"),
                            ("staffing", "Special staffing payment"),
                        ],
                        max_length=12,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "schedule",
                    models.CharField(
                        choices=[
                            ("pay_period", "Every pay period"),
                            ("lump_sum", "Once, as a lump sum"),
                        ],
                        max_length=12,
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("conditions", models.CharField(blank=True, max_length=300)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("ended_for", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["employee", "starts", "id"],
            },
        ),
        migrations.CreateModel(
            name="StepTaken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupervisorProgram",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("began_on", models.DateField()),
                ("due_on", models.DateField()),
                ("completed_on", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="raterange",
            name="representative_rate",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="raterange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("representative_rate__isnull", True),
                    models.Q(
                        ("representative_rate__gte", models.F("minimum")),
                        ("representative_rate__lte", models.F("maximum")),
                    ),
                    _connector="OR",
                ),
                name="representative_rate_in_the_range",
            ),
        ),
        migrations.AddField(
            model_name="pointcertification",
            name="certified_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="pointcertification",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certified_points",
                to="workforce.employee",
            ),
        ),
        migrations.AddField(
            model_name="progressionstep",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="pay.progressionplan",
            ),
        ),
        migrations.AddField(
            model_name="pointcertification",
            name="step",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certifications",
                to="pay.progressionstep",
            ),
        ),
        migrations.AddField(
            model_name="specialpayment",
            name="action",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pay.payaction"
            ),
        ),
        migrations.AddField(
            model_name="specialpayment",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="special_payments",
                to="workforce.employee",
            ),
        ),
        migrations.AddField(
            model_name="specialpayment",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="pay.specialpayment",
            ),
        ),
        migrations.AddField(
            model_name="steptaken",
            name="action",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pay.payaction"
            ),
        ),
        migrations.AddField(
            model_name="steptaken",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps_taken",
                to="workforce.employee",
            ),
        ),
        migrations.AddField(
            model_name="steptaken",
            name="step",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taken",
                to="pay.progressionstep",
            ),
        ),
        migrations.AddField(
            model_name="supervisorprogram",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supervisor_programs",
                to="workforce.employee",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressionstep",
            constraint=models.UniqueConstraint(
                fields=("plan", "number"), name="one_step_of_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="progressionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("percent__isnull", True)),
                    models.Q(("amount__isnull", True), ("percent__gt", 0)),
                    _connector="OR",
                ),
                name="step_is_an_amount_or_a_percent",
            ),
        ),
        migrations.AddConstraint(
            model_name="pointcertification",
            constraint=models.UniqueConstraint(
                fields=("employee", "step", "point"), name="one_certification_of_a_point"
            ),
        ),
        migrations.AddConstraint(
            model_name="specialpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="special_payment_above_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="specialpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__isnull", True), ("ends__gte", models.F("starts")), _connector="OR"
                ),
                name="special_payment_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="steptaken",
            constraint=models.UniqueConstraint(
                fields=("employee", "step"), name="one_step_taken_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisorprogram",
            constraint=models.UniqueConstraint(
                fields=("employee", "began_on"), name="one_supervisor_program_from_a_date"
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisorprogram",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("began_on"))),
                name="supervisor_program_due_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisorprogram",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("completed_on__isnull", True),
                    ("completed_on__gte", models.F("began_on")),
                    _connector="OR",
                ),
                name="supervisor_program_completed_after_it_began",
            ),
        ),
    ]
