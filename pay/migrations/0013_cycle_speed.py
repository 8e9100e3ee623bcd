from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

#: Checked row by row as the statement ends, instead of in a queue that the commit works off.
_CHECKED = """
DO $$ DECLARE kept record; BEGIN
  FOR kept IN SELECT conname, conrelid::regclass AS of_table FROM pg_constraint
               WHERE contype = 'f' AND confrelid = 'workforce_employee'::regclass
                 AND conrelid IN ('pay_payaction'::regclass, 'pay_payrate'::regclass,
                                  'pay_payoutline'::regclass)
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I HOW', kept.of_table, kept.conname);
  END LOOP;
END $$
"""


class Migration(migrations.Migration):
    """A cycle writes every person's lines, steps and rates, and was checking most of the time."""

    dependencies = [("pay", "0012_pools_established")]

    operations = [
        migrations.AlterField(
            model_name="payoutline",
            name="run",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="pay.payrun",
            ),
        ),
        migrations.AlterField(
            model_name="payoutline",
            name="pool",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="pay.paypool",
            ),
        ),
        migrations.AlterField(
            model_name="payoutline",
            name="rating",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="performance.ratingofrecord",
            ),
        ),
        migrations.RunSQL(
            _CHECKED.replace("HOW", "NOT DEFERRABLE"),
            _CHECKED.replace("HOW", "DEFERRABLE INITIALLY DEFERRED"),
        ),
        # A rate that the payout of the same day changes stays on its page, so that no index does.
        migrations.RunSQL(
            "ALTER TABLE pay_payrate SET (fillfactor = 45)",
            "ALTER TABLE pay_payrate RESET (fillfactor)",
        ),
    ]
