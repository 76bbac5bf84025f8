"""What the gateway knows: cursors, filters, search words, limits. Pure; time is an argument."""
