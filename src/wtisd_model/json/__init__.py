"""Coming in: bytes, limits, strict JSON, shape, object; with every finding at once."""
