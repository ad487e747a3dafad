"""Values in, Block Kit and words out. Nothing here asks a database or Slack."""
