"""How a fix is said and made."""
