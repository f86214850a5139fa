"""What follows from a dossier, worked out on request."""
