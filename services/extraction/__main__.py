"""`python -m services.extraction`: this room's worker, until SIGTERM."""

from services.extraction.worker import main

main()
