"""Answers that come back: found in a mail, read, and seen to be the sender's."""
