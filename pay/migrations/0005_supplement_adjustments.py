from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pay", "0004_special_payments"),
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
