"""Back-planning as arithmetic on values: no clock, no input or output, no logging."""
