"""A pretend Slack workspace in the browser. It knows Slack, and nothing of the bot."""
