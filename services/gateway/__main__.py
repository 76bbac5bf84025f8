"""`python -m services.gateway`: the gateway, until SIGTERM."""

from services.gateway.worker import main

main()
