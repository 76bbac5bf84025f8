"""`python -m services.language_detection`: this room's worker, until SIGTERM."""

from services.language_detection.worker import main

main()
