"""A synthetic department and a clock that an administrator can move; never in production."""
