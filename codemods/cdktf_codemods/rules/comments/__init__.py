"""The comments by which findings are silenced; the engine's ``suppressions`` looks for what is said here."""
