"""The assistant: the Slack surface and the processes."""
