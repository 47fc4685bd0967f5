from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from invitations; nobody registers by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
