from __future__ import annotations

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "performance"

    def ready(self) -> None:
        from accounts.access import register_relation
        from casework.sweeps import register_daily
        from performance.queries import officials
        from performance.queries.plans import where_plans_are
        from performance.services.ask_for_appraisals import ask_for_appraisals
        from performance.services.ask_for_plans import ask_for_plans
        from performance.services.ask_for_transfers import ask_for_transfers
        from performance.services.expect_equal_opportunity import expect_of_new_supervisors
        from performance.services.follow_system import follow_systems
        from performance.services.open_periods import open_periods
        from performance.services.rating_stage import open_rating_stage
        from performance.services.remind_of_feedback import remind_of_feedback
        from performance.services.remind_of_interim_reviews import remind_of_interim_reviews
        from performance.services.remind_of_poor_performance import remind_of_poor_performance
        from performance.services.tell_minimum_served import tell_minimum_served
        from performance.services.tell_ratings_overdue import tell_ratings_overdue

        register_relation("rating_official", officials.is_rating_official)  # type: ignore[arg-type]
        register_relation("reviewing_official", officials.is_reviewing_official)  # type: ignore[arg-type]
        register_relation("appraiser", officials.is_appraiser)  # type: ignore[arg-type]
        register_daily("periods_opened", open_periods)
        register_daily("systems_followed", follow_systems)
        register_daily("equal_opportunity_expected", where_plans_are(expect_of_new_supervisors))
        register_daily("appraisals_asked_for", where_plans_are(ask_for_appraisals))
        register_daily("transfers_asked_for", ask_for_transfers)
        register_daily("plans_asked_for", ask_for_plans)
        register_daily("minimum_periods_served", where_plans_are(tell_minimum_served))
        register_daily("ratings_asked_for", open_rating_stage)
        register_daily("ratings_overdue", tell_ratings_overdue)
        register_daily("feedback_asked_for", where_plans_are(remind_of_feedback))
        register_daily("interim_reviews_asked_for", where_plans_are(remind_of_interim_reviews))
        register_daily("poor_performance_asked_for", where_plans_are(remind_of_poor_performance))
