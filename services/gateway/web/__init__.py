"""HTTP: reading, changes as they happen, feeds, subscriptions, publishing."""
