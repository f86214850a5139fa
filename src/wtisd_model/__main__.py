"""``python -m wtisd_model``: the command line, for where ``wtisd-model`` is not on the search path."""

from wtisd_model.cli.main import main

main()
