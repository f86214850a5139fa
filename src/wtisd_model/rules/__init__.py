"""What takes two objects, a clock or a judgement: `check` a dossier, or one thing that comes in (`Arrivals`)."""
