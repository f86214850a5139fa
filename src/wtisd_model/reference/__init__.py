"""The reference event: WTISD-23, built from the facts of circular letter CL-23/9."""
