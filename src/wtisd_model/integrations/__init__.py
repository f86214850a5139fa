"""Integrations with other libraries; each module needs the dependencies of its extra."""
