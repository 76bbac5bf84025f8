"""A story in the formats of others."""
