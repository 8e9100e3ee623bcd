from accounts.models.organization import Organization
from accounts.models.read_log import ReadLog
from accounts.models.recusal import Recusal
from accounts.models.role_grant import Role, RoleGrant
from accounts.models.user import User

__all__ = ["Organization", "ReadLog", "Recusal", "Role", "RoleGrant", "User"]
