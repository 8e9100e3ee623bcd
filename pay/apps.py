from __future__ import annotations

from django.apps import AppConfig


class PayConfig(AppConfig):
    name = "pay"

    def ready(self) -> None:
        from casework.settlement import DeadlineKind, register
        from pay import deadlines, receivers
        from pay.queries.pool_groups import pool_groups
        from pay.services import career_ladder, defaults, releases
        from performance.groupings import register_grouping
        from performance.signals import rating_cancelled, rating_corrected, rating_issued

        register(DeadlineKind(deadlines.CLOCK, lapse=defaults.default, alert=defaults.alert))
        register(
            DeadlineKind(deadlines.MINIMUM, lapse=defaults.pay_minimum, alert=defaults.no_alert)
        )
        register(
            DeadlineKind(deadlines.ADJUSTED_CLOCK, lapse=defaults.default, alert=defaults.alert)
        )
        register(
            DeadlineKind(
                deadlines.ADJUSTED_MINIMUM,
                lapse=defaults.pay_minimum_adjusted,
                alert=defaults.no_alert,
            )
        )
        register(
            DeadlineKind(
                deadlines.RELEASE, lapse=releases.release_promised, alert=defaults.no_alert
            )
        )
        register(
            DeadlineKind(
                deadlines.LADDER, lapse=career_ladder.promotion_due, alert=defaults.no_alert
            )
        )
        rating_issued.connect(receivers.on_rating_issued, dispatch_uid="pay.release")
        rating_corrected.connect(receivers.on_rating_corrected, dispatch_uid="pay.correction")
        rating_cancelled.connect(receivers.on_rating_cancelled, dispatch_uid="pay.cancellation")
        register_grouping("pay_pool", pool_groups)
