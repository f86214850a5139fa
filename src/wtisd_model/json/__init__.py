"""JSON: parsing within limits, decoding and validating, encoding, JSON Lines, schemas and problem details."""
