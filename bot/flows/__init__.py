"""What people can do, in the caller's transaction."""
