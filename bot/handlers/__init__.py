"""Slack payload -> flow -> answer. One file a feature."""
