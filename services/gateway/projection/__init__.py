"""The topics as SQLite: written by one consumer with its offsets in the same transaction, read by everybody else."""
