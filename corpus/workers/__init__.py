"""Reading in processes of their own, so that no file can stop, slow or crash the rest."""
