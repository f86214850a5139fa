"""The same doors in other people's frames; each module needs what its extra installs."""
