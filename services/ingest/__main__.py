"""`python -m services.ingest`: this room's worker, until SIGTERM."""

from services.ingest.worker import main

main()
