"""The pages of positions and of requests for reconsideration."""
