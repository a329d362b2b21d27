"""The language server: the findings of open documents as they are typed, and their fixes."""
