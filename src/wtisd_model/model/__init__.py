"""The five objects, what hangs on them, and the dossier that binds them."""
