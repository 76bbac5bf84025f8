"""The story board: pages that show stories as they form, drawn on the server, live where scripts run."""
