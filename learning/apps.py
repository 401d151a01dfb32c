from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"

    def ready(self) -> None:
        from accounts import registry
        from courses.queries import setting_choices  # models are there only now
        from support.languages import current_language

        registry.offer_settings(lambda: setting_choices(current_language()))
