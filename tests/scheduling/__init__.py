"""The engine: dates, approvals, forecasts, plan files and templates."""
