"""How a field is declared, once, and what derives from the declaration."""
