"""The mail around a calendar message: its headers, its tree of parts, and what it says in the reader's language."""
