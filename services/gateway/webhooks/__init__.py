"""Webhooks: who wants to be called, and the calls."""
