"""The bus as documents: JSON Schemas of every message and an AsyncAPI 3 document, generated from the models."""
