"""Small checked values; each refuses what could never make sense."""
