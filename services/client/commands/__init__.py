"""The commands of `storybraid`, one file a group."""
