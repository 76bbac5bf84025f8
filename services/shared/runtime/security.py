"""One set of security settings, spoken as each of the three Kafka clients wants to hear it."""

import ssl
from typing import Any

from services.shared.runtime.settings import SecuritySettings


def ssl_context(settings: SecuritySettings) -> ssl.SSLContext | None:
    """The TLS context, or None where TLS is off. Host names are always checked."""
    if not settings.security_protocol.endswith("SSL"):
        return None
    context = ssl.create_default_context(cafile=str(settings.ssl_ca_file) if settings.ssl_ca_file else None)
    if settings.ssl_cert_file:
        context.load_cert_chain(
            str(settings.ssl_cert_file), str(settings.ssl_key_file) if settings.ssl_key_file else None
        )
    return context


def for_aiokafka(settings: SecuritySettings) -> dict[str, Any]:
    """Keyword arguments of aiokafka's clients."""
    options: dict[str, Any] = {"security_protocol": settings.security_protocol}
    if settings.security_protocol.endswith("SSL"):
        options["ssl_context"] = ssl_context(settings)
    if settings.security_protocol.startswith("SASL"):
        options |= {
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": settings.password(),
        }
    return options


def for_confluent(settings: SecuritySettings) -> dict[str, str]:
    """Configuration of librdkafka's clients."""
    options = {"security.protocol": settings.security_protocol.lower()}
    files = {
        "ssl.ca.location": settings.ssl_ca_file,
        "ssl.certificate.location": settings.ssl_cert_file,
        "ssl.key.location": settings.ssl_key_file,
    }
    if settings.security_protocol.endswith("SSL"):
        options |= {name: str(path) for name, path in files.items() if path}
    if settings.security_protocol.startswith("SASL"):
        options |= {
            "sasl.mechanism": settings.sasl_mechanism,
            "sasl.username": settings.sasl_username or "",
            "sasl.password": settings.password() or "",
        }
    return options


def for_faust(settings: SecuritySettings) -> Any:
    """Faust's broker_credentials, or None where the broker asks for nothing."""
    import faust

    context = ssl_context(settings)
    if settings.security_protocol.startswith("SASL"):
        return faust.SASLCredentials(
            username=settings.sasl_username,
            password=settings.password(),
            mechanism=settings.sasl_mechanism,
            ssl_context=context,
        )
    return faust.SSLCredentials(context=context) if context else None
