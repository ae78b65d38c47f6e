"""Hulls of both bodies as capsules, and how near they come."""
