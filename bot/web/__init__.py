"""The few HTTP pages: Slack's endpoint and health."""
