from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class JobState(TextChoices):
    PENDING = "pending", pgettext_lazy("job", "Waiting")
    RUNNING = "running", pgettext_lazy("job", "Running")
    DONE = "done", pgettext_lazy("job", "Done")
    FAILED = "failed", pgettext_lazy("job", "Failed")
