from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticePreference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("at_once", "At once, one e-mail a notice"),
                            ("daily", "Once a day, in one e-mail"),
                            ("weekly", "On Mondays, in one e-mail"),
                        ],
                        default="at_once",
                        max_length=8,
                    ),
                ),
                ("gathered_on", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="notice",
            name="email_attempts",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="notice",
            name="email_error",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="notice",
            name="email_not_before",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="email_state",
            # What was told before is not sent now.
            field=models.CharField(
                choices=[
                    ("waiting", "To be sent"),
                    ("sent", "Sent"),
                    ("failed", "Not accepted after many tries"),
                    ("none", "No e-mail"),
                ],
                default="none",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="email_state",
            field=models.CharField(
                choices=[
                    ("waiting", "To be sent"),
                    ("sent", "Sent"),
                    ("failed", "Not accepted after many tries"),
                    ("none", "No e-mail"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="emailed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("email_state", "waiting")),
                fields=["recipient", "id"],
                name="notices_to_be_mailed",
            ),
        ),
        migrations.AddField(
            model_name="noticepreference",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notice_preference",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
