"""Assembly: a case becomes the set-up of its flights and the row of a run; tables and users' laws are read here."""
