from accounts.models import Profile, User


def language_of(user: User) -> str:
    """The language to write to somebody in, whoever or whatever triggers the writing."""
    return user.language


def profile_of(user: User) -> Profile:
    """Somebody's profile; an empty, unsaved one for people made outside the site."""
    return Profile.objects.filter(user=user).first() or Profile(user=user)
