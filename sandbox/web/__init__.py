"""The sandbox over HTTP: Slack's Web API for the bot, and JSON for the page."""
