"""The five objects, their parts, and the dossier that contains them."""
