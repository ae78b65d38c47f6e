"""Numbers that others published, beside ours. Run `python -m validation` from the root of the repository."""
