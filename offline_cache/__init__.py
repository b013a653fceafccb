"""The desk's encrypted store. Knows nothing of what a case means; see offline_cache.store."""
