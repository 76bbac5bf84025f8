"""Who carries whose text: copies inside a language, one dispatch across languages, and how many sources that makes."""
