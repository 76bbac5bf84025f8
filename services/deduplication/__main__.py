"""`python -m services.deduplication`: this room's worker, until SIGTERM."""

from services.deduplication.worker import main

main()
