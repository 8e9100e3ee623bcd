"""Directives are drafted, issued, and then never changed; neither are their values."""

from __future__ import annotations

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

from regulation.append_only import append_only

_NO_CHANGE = """
CREATE FUNCTION refuse_change_of_directive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- That another directive supersedes it, and that a form counts it as changed, says nothing
        -- else of it.
        IF NEW.state IN ('in_effect', 'superseded')
           AND to_jsonb(NEW) - '{state,version}'::text[] = to_jsonb(OLD) - '{state,version}'::text[]
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'directive % is issued and does not change', OLD.number;
END $$;
CREATE TRIGGER issued_does_not_change BEFORE UPDATE OR DELETE ON governance_directive
    FOR EACH ROW WHEN (OLD.state IN ('in_effect', 'superseded'))
    EXECUTE FUNCTION refuse_change_of_directive();
"""
_CHANGE = """
DROP TRIGGER issued_does_not_change ON governance_directive;
DROP FUNCTION refuse_change_of_directive();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0002_coordination_with_its_answer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="policyvalue",
            options={"ordering": ["key", "starts", "id"]},
        ),
        migrations.RemoveConstraint(
            model_name="policyvalue",
            name="one_value_of_a_key_from_a_date",
        ),
        migrations.AddField(
            model_name="directive",
            name="drafted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="directive",
            name="issued_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="directive",
            name="proposed",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="directive",
            name="reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="directive",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AlterField(
            model_name="directive",
            name="state",
            field=django_fsm.FSMField(
                choices=[
                    ("draft", "Draft"),
                    ("decided", "Decided"),
                    ("in_effect", "Issued"),
                    ("superseded", "Superseded"),
                    ("withdrawn", "Given up"),
                ],
                default="draft",
                max_length=12,
                protected=True,
            ),
        ),
        migrations.AddIndex(
            model_name="policyvalue",
            index=models.Index(fields=["key", "starts"], name="governance__key_b2eeea_idx"),
        ),
        migrations.AddConstraint(
            model_name="policyvalue",
            constraint=models.UniqueConstraint(
                fields=("key", "directive"), name="one_value_of_a_key_in_a_directive"
            ),
        ),
        append_only("governance_policyvalue"),
        migrations.RunSQL(_NO_CHANGE, _CHANGE),
    ]
