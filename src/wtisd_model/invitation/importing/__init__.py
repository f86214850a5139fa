"""A schedule or an invitation that others wrote, as events of ours: entry by entry, and then put together."""
