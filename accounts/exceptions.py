"""
SignInRefused
├── TooManyRequests   for codes; a while later it works again
├── NotInProgress     no code was asked for here, or it was used, or it is too old
├── WrongCode         and there are tries left
└── TooManyGuesses    and one has to start again

RoleRefused
├── NobodyThere       no open account has this address
└── LastAdministrator somebody must be left who can grant roles
"""


class SignInRefused(Exception):
    pass


class TooManyRequests(SignInRefused):
    pass


class NotInProgress(SignInRefused):
    pass


class WrongCode(SignInRefused):
    pass


class TooManyGuesses(SignInRefused):
    pass


class RoleRefused(Exception):
    pass


class NobodyThere(RoleRefused):
    pass


class LastAdministrator(RoleRefused):
    pass
