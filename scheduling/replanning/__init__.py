"""Planning again: the ways out of an impossible plan, and what moves between two plans."""
