"""Keep what a payout of a pool came to, for whoever was away."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from regulation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("pay", "0005_supplement_adjustments")]

    operations = [
        migrations.CreateModel(
            name="PoolPayout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("effective", models.DateField()),
                ("period_end", models.DateField()),
                ("mode", models.CharField(max_length=16)),
                ("value", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ("since", models.DateField(null=True)),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payouts",
                        to="pay.paypool",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["effective"], name="pay_poolpay_effecti_129637_idx")
                ],
            },
        ),
        append_only("pay_poolpayout"),
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
                ],
                max_length=24,
            ),
        ),
    ]
