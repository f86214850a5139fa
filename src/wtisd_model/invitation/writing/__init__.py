"""What messages are written with: the options of a call, who gets which message, and what all who read alike share."""
