"""The sensors as they are: a table of those aboard, one file a kind."""
