"""Safety: monitors on board read beliefs, rules watch the truth."""
