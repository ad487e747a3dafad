"""The arithmetic: a network of tasks, the passes over it, and what they mean."""
