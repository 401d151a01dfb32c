from django.core.files.storage import default_storage


def empty(folder: str) -> None:
    """Deletes its files, also those that a worker left when it was stopped; nothing where there is none."""
    try:
        names = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    for name in names:
        default_storage.delete(f"{folder}/{name}")
