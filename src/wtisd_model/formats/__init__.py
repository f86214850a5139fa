"""What all formats have in common: how foreign documents are read, what a reader returns, and what a format carries."""
