"""Reading what other event systems export: Indico and pretix."""
