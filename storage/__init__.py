"""What is remembered: tables, named queries, migrations. Rows never leave this room."""
