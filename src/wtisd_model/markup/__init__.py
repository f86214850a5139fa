"""HTML and SVG written safely: elements that escape their texts, links, and the colours of a theme."""
