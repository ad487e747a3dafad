"""Plans computed by the engine and by public schedulers, side by side."""
