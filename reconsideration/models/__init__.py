from reconsideration.models.request import Forum, IssueKind, Outcome, Request, RequestState

__all__ = ["Forum", "IssueKind", "Outcome", "Request", "RequestState"]
