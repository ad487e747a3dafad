"""How fast the assistant starts, how much memory it takes, how soon it acknowledges."""
