"""What a case may say: the tables and keys of a case file, with their units, limits and meanings."""
