"""Which articles tell one event: fingerprints, similarity, grouping that does not depend on the order of arrival."""
