"""One story out of many articles: only what they say, each statement with its places, differences shown."""
