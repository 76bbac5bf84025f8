"""Where a broker comes from: an address, the embedded one, a local Apache Kafka, or Docker."""
