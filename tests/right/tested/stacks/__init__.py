from stacks.storage import StorageStack

__all__ = ("StorageStack",)
