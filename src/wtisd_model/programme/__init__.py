"""What of an event is shown, to whom, and in which words."""
