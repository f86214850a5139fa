"""Calendar messages as mails, in the reader's language: plain text, HTML, the invitation itself, and a file of it."""
