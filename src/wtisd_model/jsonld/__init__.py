"""JSON-LD: an event as linked data for its web page, in schema.org's words or in those of the European Union."""
