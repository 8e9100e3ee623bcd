"""Who may open what, written by hand: one row a URL, the names of those who get in.

`get` and `post` say who is let in with each method; a page that does not take a method lets nobody
in with it. `about` names the record of the world (tests/test_access.py) that fills the address, and
`sends` what a form must name. A name may stand twice, with "/" and what is different about the
record.
"""

from __future__ import annotations

from dataclasses import dataclass, field

NOBODY: frozenset[str] = frozenset()
ANONYMOUS = frozenset({"anonymous"})
SELF = frozenset({"self"})
SUPERVISOR = frozenset({"supervisor"})
SECOND_LINE = frozenset({"second_line"})
HR = frozenset({"hr"})
PAY = frozenset({"pay"})
DESIGNEE = frozenset({"designee"})
OPM = frozenset({"opm"})
AUDITOR = frozenset({"auditor"})
ADMINISTRATOR = frozenset({"administrator"})
#: Over another organization.
HR_ELSEWHERE = frozenset({"hr_elsewhere"})
PAY_ELSEWHERE = frozenset({"pay_elsewhere"})
AUDITOR_ELSEWHERE = frozenset({"auditor_elsewhere"})
#: Kept out of this employee's matters, and of nobody else's.
RECUSED_HR = frozenset({"recused_hr"})
RECUSED_SUPERVISOR = frozenset({"recused_supervisor"})
RECUSED_AUDITOR = frozenset({"recused_auditor"})
STRANGER = frozenset({"stranger"})

#: Holders of a role wherever it reaches, for pages about nobody in particular.
ANY_HR = HR | HR_ELSEWHERE | RECUSED_HR
ANY_PAY = PAY | PAY_ELSEWHERE
ANY_AUDITOR = AUDITOR | AUDITOR_ELSEWHERE | RECUSED_AUDITOR
#: Those with an employee record of their own.
EMPLOYEES = SELF | SUPERVISOR | SECOND_LINE | STRANGER | RECUSED_SUPERVISOR
LOGGED_IN = EMPLOYEES | ANY_HR | ANY_PAY | ANY_AUDITOR | DESIGNEE | OPM | ADMINISTRATOR
EVERYBODY = LOGGED_IN | ANONYMOUS

OFFICIALS = SUPERVISOR | SECOND_LINE
#: A run is about many people of many organizations.
RUN_READERS = ANY_PAY | ANY_AUDITOR | DESIGNEE


@dataclass(frozen=True)
class Row:
    """One URL: who gets in to read, who to act, and which records fill its address."""

    get: frozenset[str] = NOBODY
    post: frozenset[str] = NOBODY
    about: dict[str, str] = field(default_factory=dict)
    sends: dict[str, str] = field(default_factory=dict)


def reads(who: frozenset[str], **about: str) -> Row:
    """A page that is only read."""
    return Row(get=who, about=about)


def acts(who: frozenset[str], **about: str) -> Row:
    """An address that only takes a form."""
    return Row(post=who, about=about)


def form(who: frozenset[str], **about: str) -> Row:
    """A page with a form on it, for the same people."""
    return Row(get=who, post=who, about=about)


ACCOUNTS = {
    "accounts:login": form(EVERYBODY),
    "accounts:logout": acts(EVERYBODY),
    "accounts:session": reads(LOGGED_IN),
    "accounts:password_change": form(LOGGED_IN),
    "accounts:password_reset": form(EVERYBODY),
    "accounts:password_reset_done": reads(EVERYBODY),
    "accounts:password_reset_confirm": form(EVERYBODY, uidb64="text", token="text"),
    "accounts:password_reset_complete": reads(EVERYBODY),
}

PORTAL = {
    "portal:home": reads(LOGGED_IN),
    "portal:notices_read": acts(LOGGED_IN),
    "portal:preferences": form(LOGGED_IN),
    "portal:my_file": reads(LOGGED_IN),
    "portal:people": reads(ANY_HR | ANY_PAY | ANY_AUDITOR),
    "portal:person": reads(SELF | OFFICIALS | HR | PAY | AUDITOR, number="number"),
    "portal:regulation": reads(EVERYBODY),
    "portal:paragraph": reads(EVERYBODY, paragraph="paragraph"),
    "portal:healthz": reads(EVERYBODY),
    "portal:favicon": reads(EVERYBODY),
}

DEMONSTRATION = {
    "demonstration:clock": reads(ADMINISTRATOR),
    "demonstration:banner": reads(LOGGED_IN),
    "demonstration:move": acts(ADMINISTRATOR),
}

#: The employee of the world has a rating that waits for the reviewing official.
PERFORMANCE = {
    "performance:systems": reads(LOGGED_IN),
    "performance:new_system": form(DESIGNEE),
    "performance:cover_group": acts(DESIGNEE, pk="system"),
    "performance:general_expectations": form(ANY_HR),
    "performance:circumstances": Row(
        get=SELF | OFFICIALS | HR | AUDITOR, post=HR, about={"pk": "employee"}
    ),
    "performance:scorecard": reads(SELF | SUPERVISOR, pk="employee"),
    "performance:new_appraisal": form(SUPERVISOR, pk="plan"),
    "performance:appraisal": reads(SELF | OFFICIALS | HR | AUDITOR, pk="appraisal"),
    # Until it is given it is the supervisor's work.
    "performance:appraisal/draft": reads(SUPERVISOR | HR, pk="draft_appraisal"),
    "performance:write_appraisal": form(SUPERVISOR, pk="draft_appraisal"),
    "performance:sign_appraisal": acts(SUPERVISOR, pk="draft_appraisal"),
    "performance:give_appraisal": acts(SUPERVISOR, pk="draft_appraisal"),
    "performance:packets": reads(HR, pk="employee"),
    "performance:send_packet": acts(HR, pk="employee"),
    "performance:receive_packet": acts(HR, pk="employee"),
    "performance:packet": reads(HR, pk="packet"),
    "performance:packet_file": reads(HR, pk="packet"),
    "performance:packet_paper": reads(HR, pk="packet"),
    "performance:team": reads(EMPLOYEES),
    "performance:start": Row(
        get=NOBODY, post=SUPERVISOR, about={"pk": "employee"}, sends={"cycle": "cycle"}
    ),
    "performance:additional": form(SUPERVISOR, pk="employee"),
    "performance:begin_plan": Row(
        post=SUPERVISOR, about={"pk": "employee"}, sends={"cycle": "cycle"}
    ),
    "performance:plan": reads(SELF | OFFICIALS | HR | AUDITOR, pk="plan"),
    "performance:new_expectation": form(SUPERVISOR, pk="plan"),
    "performance:expectation": form(SUPERVISOR, pk="plan", expectation="expectation"),
    "performance:drop_draft": acts(SUPERVISOR, pk="plan", expectation="expectation"),
    "performance:withdraw_expectation": acts(SUPERVISOR, pk="plan", expectation="expectation"),
    "performance:invite_input": acts(SUPERVISOR, pk="plan"),
    "performance:record_involvement": acts(SUPERVISOR, pk="plan"),
    "performance:communicate": acts(SUPERVISOR, pk="plan"),
    "performance:say": acts(SELF, pk="plan"),
    "performance:year": reads(SELF | OFFICIALS | HR | AUDITOR, pk="plan"),
    "performance:feedback": acts(SUPERVISOR, pk="plan"),
    "performance:contribute": acts(SELF | SUPERVISOR, pk="plan"),
    "performance:develop": acts(SUPERVISOR, pk="plan"),
    "performance:finish_follow_up": acts(SUPERVISOR, pk="plan", follow_up="follow_up"),
    "performance:new_interim_review": form(SUPERVISOR, pk="plan"),
    "performance:interim_review": Row(
        get=SELF | OFFICIALS | HR | AUDITOR, post=SUPERVISOR, about={"pk": "interim"}
    ),
    "performance:interim_review/draft": Row(
        get=SUPERVISOR | HR, post=SUPERVISOR, about={"pk": "interim_draft"}
    ),
    "performance:acknowledge_interim_review": acts(SELF, pk="interim"),
    "performance:interim_review_not_acknowledged": acts(SUPERVISOR, pk="interim"),
    "performance:new_poor_performance": form(SUPERVISOR, pk="plan"),
    "performance:poor_performance": reads(SELF | OFFICIALS | HR | AUDITOR, pk="poor_performance"),
    "performance:consider_options": acts(SUPERVISOR, pk="poor_performance"),
    "performance:choose_actions": acts(SUPERVISOR, pk="poor_performance"),
    "performance:record_action": acts(SUPERVISOR, pk="poor_performance"),
    "performance:close_poor_performance": acts(SUPERVISOR, pk="poor_performance"),
    "performance:owed": reads(ANY_HR),
    "performance:review_queue": reads(EMPLOYEES),
    "performance:mine": reads(EMPLOYEES),
    # Until it is issued it is the officials' work.
    "performance:rating": reads(OFFICIALS | HR, pk="rating"),
    "performance:rating/issued": reads(SELF | OFFICIALS | HR | AUDITOR, pk="issued"),
    "performance:evidence": reads(OFFICIALS | HR, pk="rating", document="evidence"),
    "performance:rate": form(SUPERVISOR, pk="rating"),
    "performance:autosave": acts(SUPERVISOR, pk="rating"),
    "performance:score": reads(SUPERVISOR, pk="rating"),
    "performance:review": form(SECOND_LINE, pk="rating"),
    "performance:reply": form(SUPERVISOR, pk="rating"),
    "performance:award": form(SUPERVISOR, pk="rating"),
    "performance:decision": form(HR, pk="issued"),
    "performance:issue": form(SUPERVISOR, pk="rating"),
    "performance:acknowledge": acts(SELF, pk="rating"),
    "performance:refusal": form(SUPERVISOR, pk="rating"),
    "performance:officials": form(HR, pk="rating"),
    "performance:interim_exception": form(HR, pk="rating"),
    "performance:season": reads(ANY_HR | ANY_AUDITOR | DESIGNEE),
    "performance:unrated_csv": reads(ANY_HR | ANY_AUDITOR | DESIGNEE, pk="cycle"),
    "performance:close_cycle": acts(ANY_HR, pk="cycle"),
    "performance:not_rated": form(HR, pk="employee", cycle="cycle"),
    "performance:detection": Row(
        get=ANY_HR | ANY_AUDITOR | DESIGNEE, post=ANY_HR, about={"pk": "cycle"}
    ),
    "performance:detection_flag": reads(
        HR | RECUSED_HR | AUDITOR | RECUSED_AUDITOR, pk="detection", number="first"
    ),
    "performance:own_line": reads(EMPLOYEES),
}

PAY_PAGES = {
    "pay:mine": reads(EMPLOYEES),
    "pay:history": reads(SELF | HR | PAY | AUDITOR, number="number"),
    "pay:actions": reads(SELF | HR | PAY | AUDITOR, number="number"),
    "pay:action_promotion": form(HR | PAY, number="number"),
    "pay:action_reassignment": form(HR | PAY, number="number"),
    "pay:action_demotion": form(HR | PAY, number="number"),
    "pay:action_special_increase": form(HR | PAY, number="number"),
    "pay:action_developmental_step": form(HR | PAY, number="number"),
    "pay:action_special_payment": form(HR | PAY, number="number"),
    "pay:action_payment_reduction": form(HR | PAY, number="number"),
    "pay:action_payment_end": form(HR | PAY, number="number"),
    "pay:action_reduction": form(HR | PAY, number="number"),
    "pay:action_starting_pay": form(HR | PAY, number="number"),
    "pay:action_absence": form(HR, number="number"),
    "pay:action_return": form(HR | PAY, number="number"),
    "pay:action_separation": form(HR | PAY, number="number"),
    "pay:action_rating_correction": form(HR, number="number"),
    "pay:action_cancellation": form(HR | PAY, number="number"),
    "pay:clocks": reads(ANY_HR | ANY_AUDITOR),
    "pay:denied_increase": reads(SELF | SUPERVISOR | HR | PAY | AUDITOR, pk="denied"),
    "pay:pools": reads(RUN_READERS),
    "pay:in_no_pool": reads(RUN_READERS),
    "pay:pool": Row(get=RUN_READERS, post=ANY_PAY, about={"pk": "pool"}),
    "pay:rates": reads(ANY_HR | ANY_PAY | ANY_AUDITOR),
    "pay:rates_csv": reads(ANY_HR | ANY_PAY | ANY_AUDITOR),
    "pay:what_if": reads(RUN_READERS),
    "pay:runs": reads(RUN_READERS),
    "pay:run": reads(RUN_READERS, pk="run"),
    "pay:run_progress": reads(RUN_READERS, pk="run"),
    "pay:run_lines": reads(RUN_READERS, pk="run"),
    "pay:run_export": reads(RUN_READERS, pk="run"),
    "pay:new_range_adjustment": form(ANY_PAY),
    "pay:new_payout": form(ANY_PAY),
    "pay:new_supplement_adjustment": form(ANY_PAY),
    "pay:new_conversion": form(ANY_PAY),
    "pay:career_ladder": form(HR | PAY, number="number"),
    "pay:certify_ladder_promotion": acts(HR | PAY, pk="ladder"),
    "pay:former_rates": form(ANY_PAY),
    "pay:former_rates_template": reads(ANY_PAY),
    "pay:conversion_ledger": reads(RUN_READERS, pk="conversion"),
    "pay:conversion_ledger_csv": reads(RUN_READERS, pk="conversion"),
    "pay:run_change": form(ANY_PAY, pk="run"),
    "pay:run_preview": acts(ANY_PAY, pk="run"),
    "pay:run_approve": acts(ANY_PAY, pk="run"),
    "pay:run_start": acts(ANY_PAY, pk="run"),
    "pay:run_verify": acts(ANY_PAY, pk="run"),
    "pay:run_cancel": acts(ANY_PAY, pk="run"),
}

ADVERSE_ACTIONS = {
    "adverse_actions:new_proposal": form(HR, number="number"),
    "adverse_actions:proposal": reads(SELF | HR | AUDITOR, pk="proposal"),
    "adverse_actions:withdraw_proposal": acts(HR, pk="proposal"),
}

#: The employee of the world has a request that was decided by DHS and filed with OPM.
RECONSIDERATION = {
    "reconsideration:my_position": reads(EMPLOYEES),
    "reconsideration:mine": reads(EMPLOYEES),
    "reconsideration:file": form(EMPLOYEES),
    "reconsideration:queue": reads(ANY_HR),
    "reconsideration:opm_queue": reads(OPM),
    "reconsideration:request": reads(SELF | HR | OPM | AUDITOR, pk="request"),
    "reconsideration:to_opm": form(SELF, pk="request"),
    "reconsideration:cancel": acts(SELF, pk="request"),
    "reconsideration:document": reads(SELF | HR | OPM, pk="request", document="document"),
    "reconsideration:take_up": acts(HR, pk="request"),
    "reconsideration:decide": form(HR, pk="request"),
    "reconsideration:moot": acts(HR | OPM, pk="request"),
    "reconsideration:settle_pay": acts(HR, pk="request"),
    "reconsideration:opm_take_up": acts(OPM, pk="request"),
    "reconsideration:opm_decide": form(OPM, pk="request"),
}

GOVERNANCE = {
    "governance:parameters": reads(LOGGED_IN),
    "governance:directives": reads(LOGGED_IN),
    "governance:directive": reads(LOGGED_IN, pk="directive"),
    "governance:directive/draft": reads(DESIGNEE | OPM | ANY_AUDITOR, pk="draft"),
    "governance:new_directive": form(DESIGNEE),
    "governance:change_directive": form(DESIGNEE, pk="draft"),
    "governance:notify": acts(DESIGNEE, pk="draft"),
    "governance:issue": acts(DESIGNEE, pk="draft"),
    "governance:give_up": acts(DESIGNEE, pk="draft"),
}

#: What is played in the lab is nobody's record, and is kept nowhere.
SCENARIOS = {
    "scenarios:lab": form(ANY_HR | ANY_PAY | ANY_AUDITOR | DESIGNEE | OPM),
}

TABLE: dict[str, Row] = {
    **ACCOUNTS,
    **PORTAL,
    **DEMONSTRATION,
    **PERFORMANCE,
    **PAY_PAGES,
    **ADVERSE_ACTIONS,
    **RECONSIDERATION,
    **GOVERNANCE,
    **SCENARIOS,
}
