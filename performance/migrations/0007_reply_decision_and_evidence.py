from __future__ import annotations

import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0006_systems_as_data"),
        ("workforce", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="ratingofrecord",
            name="one_annual_rating_of_a_cycle",
        ),
        migrations.AddField(
            model_name="ratingelement",
            name="evidence",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="ratingofrecord",
            name="award_considered",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="ratingofrecord",
            name="award_note",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="ratingofrecord",
            name="cancel_reference",
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AddField(
            model_name="ratingofrecord",
            name="cancelled_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="ratingofrecord",
            name="level_changed_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="ratingofrecord",
            name="state",
            field=django_fsm.FSMField(
                choices=[
                    ("draft", "Draft"),
                    ("submitted", "With the reviewing official"),
                    ("approved", "Approved, not yet issued"),
                    ("issued", "Issued, final"),
                    ("superseded", "Superseded"),
                    ("cancelled", "Cancelled"),
                    ("cancelled_remanded", "Cancelled, to be rated again"),
                ],
                default="draft",
                max_length=20,
                protected=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingofrecord",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", "annual"),
                    models.Q(("state__in", ["cancelled", "cancelled_remanded"]), _negated=True),
                ),
                fields=("employee", "cycle"),
                name="one_annual_rating_of_a_cycle",
            ),
        ),
    ]
