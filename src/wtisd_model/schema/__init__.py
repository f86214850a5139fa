"""How a class declares its fields: constraints, marks, cross-field rules, and the base class."""
