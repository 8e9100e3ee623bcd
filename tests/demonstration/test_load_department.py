"""A demonstration loads whole, and what it loads fits together."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from accounts.models import Organization, Role, RoleGrant, User
from casework.models import Notice
from classification.models import ClassificationDecision, Position
from demonstration.models import DemonstrationClock
from demonstration.published import load_figures
from demonstration.rules.department import draw_department
from demonstration.services.load_department import load_department
from demonstration.services.load_log_ins import DEMONSTRATION_PASSWORD
from governance.models import Coordination
from governance.parameters import PARAMETERS
from governance.queries.policy import policy_on
from pay.models import PayAction, PayOrder, PayPool, PayRate, PoolMembership, RateRange
from pay.queries.integrity import disagreements
from pay.rules.explain import replay
from performance.models import (
    Contribution,
    Expectation,
    Feedback,
    InterimReview,
    Plan,
    RatingOfRecord,
)
from regulation.refusals import Refused
from workforce.models import Assignment, Employee, Supervision
from workforce.queries.relations import supervisor_of, team_of

OPENS = date(2024, 10, 1)
EMPLOYEES = 120

pytestmark = pytest.mark.django_db


@pytest.fixture
def department() -> None:
    load_department(EMPLOYEES, seed=1)


@pytest.mark.usefixtures("department")
class TestTheLoadedDepartment:
    def test_everyone_has_a_classified_position_and_an_assignment(self) -> None:
        assert Employee.objects.count() == EMPLOYEES
        assert Position.objects.filter(state="classified").count() == EMPLOYEES
        assert ClassificationDecision.objects.count() == EMPLOYEES
        assert Assignment.objects.filter(period__contains=OPENS).count() == EMPLOYEES

    def test_everyone_but_one_has_a_supervisor(self) -> None:
        assert Supervision.objects.filter(period__contains=OPENS).count() == EMPLOYEES - 1

    def test_constraints_that_wait_for_the_commit_hold(self) -> None:
        connection.check_constraints()

    def test_the_year_just_ended_has_plans_and_no_ratings(self) -> None:
        assert Plan.objects.filter(cycle__ends=date(2024, 9, 30)).count() > EMPLOYEES * 0.9
        assert not RatingOfRecord.objects.filter(cycle__ends=date(2024, 9, 30)).exists()
        assert RatingOfRecord.objects.filter(state="issued").count() > EMPLOYEES * 2

    def test_goals_weigh_one_hundred_in_every_plan(self) -> None:
        for plan in Plan.objects.prefetch_related("expectations")[:40]:
            goals = [e for e in plan.expectations.all() if e.form == "goal"]
            assert sum(e.weight or 0 for e in goals) == 100

    def test_expectations_were_told_and_an_interim_review_held_in_the_shown_team(self) -> None:
        supervisor = User.objects.get(username="supervisor").employee
        for member in team_of(supervisor, on=OPENS):
            plan = member.plans.filter(cycle__ends=date(2024, 9, 30)).first()
            if plan is None or plan.communicated_on is None:
                assert member.hired > date(2024, 9, 16)
                continue
            assert not plan.expectations.filter(communicated_on=None).exists()
            if plan.communicated_on < date(2024, 7, 1):
                assert plan.interim_reviews.exists()

    def test_the_year_just_ended_has_feedback_contributions_and_progress_inside_it(self) -> None:
        plans = Plan.objects.filter(cycle__ends=date(2024, 9, 30))
        for plan in plans.prefetch_related("feedback", "contributions")[:40]:
            assert plan.communicated_on is not None
            said = [each.given_on for each in plan.feedback.all()]
            noted = [each.dated for each in plan.contributions.all()]
            assert all(plan.communicated_on < day <= date(2024, 9, 30) for day in said + noted)
        assert Feedback.objects.count() > plans.count()
        assert Contribution.objects.count() > plans.count() * 0.5
        review = InterimReview.objects.earliest("pk")
        assert review.progress.count() == review.plan.expectations.count()
        assert not Feedback.objects.exclude(plan__in=plans).exists()

    def test_customer_service_is_not_asked_of_agents(self) -> None:
        agents = Position.objects.filter(decisions__series__code__in=["1811", "1896"])
        assert agents.exists()
        assert not Expectation.objects.filter(
            plan__employee__assignments__position__in=agents, title="Customer service"
        ).exists()

    def test_policy_and_coordination_are_done(self) -> None:
        policy = policy_on(OPENS)
        for key in PARAMETERS:
            assert policy[key] == PARAMETERS[key].parse(PARAMETERS[key].default)
        assert not Coordination.objects.exclude(state="concurred").exists()

    def test_every_band_has_a_range_on_the_opening_day(self) -> None:
        assert RateRange.objects.filter(period__contains=OPENS).count() == 19

    def test_entry_band_employees_are_in_no_pool_and_the_others_in_one(self) -> None:
        entry = Position.objects.filter(decisions__band__level="entry_developmental").count()
        assert PoolMembership.objects.count() == EMPLOYEES - entry
        for pool in PayPool.objects.all():
            assert pool.patterns.get().points == {"AE": "4", "EE": "2", "ME": "1", "U": "0"}

    def test_organizations_hang_in_one_tree(self) -> None:
        root = Organization.objects.get(parent=None)
        assert all(root.holds(each) for each in Organization.objects.all())

    def test_everyone_has_a_lawful_rate_that_ledger_and_projection_agree_on(self) -> None:
        assert PayRate.objects.count() == PayAction.objects.count() == EMPLOYEES
        assert PayOrder.objects.count() == EMPLOYEES
        assert disagreements(on=OPENS) == []

    def test_every_first_rate_is_replayed_by_its_stored_rule(self) -> None:
        for action in PayAction.objects.all():
            told = replay(action.rule, action.rule_version, action.inputs)
            assert told["basic"] == action.basic_after
            assert told["adjusted"] == action.adjusted
            assert told["retained"] == action.retained

    def test_locality_is_paid_at_the_percent_of_the_duty_station(self) -> None:
        percents = {code: area.percent for code, area in load_figures().localities.items()}
        for rate in PayRate.objects.select_related("employee"):
            area = rate.employee.assignments.get().area
            assert rate.supplement_percent == percents[area]

    def test_the_shown_employee_stands_at_the_minimum_of_the_band(self) -> None:
        employee = User.objects.get(username="minimum").employee
        rate = PayRate.objects.get(employee=employee)
        assert rate.band is not None
        assert rate.basic == rate.band.rate_ranges.get().minimum

    def test_the_clock_stands_at_the_opening_day(self) -> None:
        assert DemonstrationClock.objects.get().business_date == OPENS


@pytest.mark.usefixtures("department")
class TestTheLogIns:
    def test_each_role_has_one(self) -> None:
        assert set(RoleGrant.objects.values_list("role", flat=True)) == set(Role.values)
        assert User.objects.count() == 12

    def test_they_open_with_the_printed_password(self) -> None:
        for user in User.objects.all():
            assert user.check_password(DEMONSTRATION_PASSWORD)

    def test_the_supervisor_rates_both_employees_and_the_reviewer_stands_above(self) -> None:
        supervisor = User.objects.get(username="supervisor").employee
        team = set(team_of(supervisor, on=OPENS))
        assert User.objects.get(username="employee").employee in team
        assert User.objects.get(username="minimum").employee in team
        assert 8 <= len(team) <= 16
        reviewer = User.objects.get(username="reviewer").employee
        assert supervisor_of(supervisor, on=OPENS) == reviewer

    def test_supervisors_are_told_to_rate_and_employees_that_the_year_ended(self) -> None:
        told = {
            username: " ".join(
                Notice.objects.filter(recipient__username=username).values_list("title", flat=True)
            )
            for username in ("supervisor", "employee", "opm")
        }
        assert "Rate your team of " in told["supervisor"]
        assert "by October 30, 2024" in told["supervisor"]
        assert told["employee"] == "Your appraisal period ended on September 30, 2024"
        assert told["opm"] == ""

    def test_specialists_work_outside_the_shown_team(self) -> None:
        supervisor = User.objects.get(username="supervisor").employee
        team = set(team_of(supervisor, on=OPENS))
        for username in ("hr", "hr2", "pay", "pay2"):
            assert User.objects.get(username=username).employee not in team

    def test_the_first_hr_specialist_sees_only_the_component_of_the_shown_team(self) -> None:
        grant = RoleGrant.objects.get(user__username="hr")
        supervisor = User.objects.get(username="supervisor").employee
        home = supervisor.assignments.get().position.organization
        assert grant.organization is not None
        assert grant.organization.holds(home)

    def test_the_table_names_every_one_and_the_password(self) -> None:
        out = StringIO()
        call_command("demo_users", stdout=out)
        for username in User.objects.values_list("username", flat=True):
            assert f"  {username} " in out.getvalue()
        assert DEMONSTRATION_PASSWORD in out.getvalue()


def test_a_retained_rate_is_posted_by_the_rule_of_retention() -> None:
    department = draw_department(1000, seed=1000, figures=load_figures())
    retained = [e.number for e in department.employees if e.retained]
    assert retained
    load_department(1000, seed=1000)
    actions = PayAction.objects.filter(retained=True)
    assert set(actions.values_list("employee__number", flat=True)) == set(retained)
    for action in actions:
        assert action.rule == "R29"
        assert replay(action.rule, action.rule_version, action.inputs)["retained"] is True


def test_a_second_load_is_refused_and_if_empty_says_nothing() -> None:
    load_department(60, seed=1)
    with pytest.raises(Refused) as refusal:
        load_department(60, seed=1)
    assert refusal.value.code == "already_done"
    out = StringIO()
    call_command("demo", "--if-empty", stdout=out)
    assert out.getvalue() == ""
    assert Employee.objects.count() == 60


@pytest.mark.parametrize("employees", [0, 49, 20_001])
def test_a_size_out_of_bounds_is_refused_and_nothing_is_loaded(employees: int) -> None:
    with pytest.raises(CommandError, match="50 to 20,000 employees"):
        call_command("demo", "--employees", str(employees))
    assert not Organization.objects.exists()


def test_production_settings_load_nothing(settings: Settings) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="not those of a demonstration"):
        call_command("demo")
    call_command("demo", "--if-empty")
    assert not Employee.objects.exists()
