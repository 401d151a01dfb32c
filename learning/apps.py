from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"

    def ready(self) -> None:
        """Introduces the two apps that do not know each other."""
        from accounts import registry as of_accounts
        from accounts.choices import Profession
        from courses import registry as of_courses
        from courses.queries import setting_choices  # models are there only now
        from support.languages import current_language

        of_accounts.offer_settings(lambda: setting_choices(current_language()))
        of_courses.offer_professions(lambda: Profession.choices)
