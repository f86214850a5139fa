"""Pictures of an event, as SVG, and as HTML with the same data in a table."""
