from adverse_actions.models.proposal import ActionKind, Proposal, ProposalState

__all__ = ["ActionKind", "Proposal", "ProposalState"]
