"""Calendar messages (iTIP, RFC 5546) for one person or a million, the mail around them, and the answers to them."""
