"""Campaigns, plans and templates as texts: JSON and TOML in, JSON and TOML out."""
