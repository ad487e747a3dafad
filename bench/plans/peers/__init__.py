"""Public schedulers, each given a campaign in its own form; one module a scheduler."""
