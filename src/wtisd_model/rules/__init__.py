"""What needs two objects, a clock or a judgement: rules about a dossier, and about what comes in for it."""
