from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from knox.models import AbstractAuthToken


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> User:
        user = self.model(email=self.normalize_email(email), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, name: str, password: str, **extra: Any) -> User:
        user = self.create_user(email, name, password)
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they may do in a project is in their memberships, never here."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    # Staff see the read-only admin; it gives no right in any project.
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_is_unique"),
        ]

    def __str__(self) -> str:
        return f"user {self.pk}"


class TokenScope(models.TextChoices):
    READ = "read"
    ANNOTATE = "annotate"
    REVIEW = "review"
    EXPORT = "export"
    ML = "ml"
    ADMIN = "admin"


class ApiToken(AbstractAuthToken):  # type: ignore[misc]  # knox ships no types
    """A program's key: hashed at rest, shown once, never able to make another token."""

    name = models.CharField(max_length=120)
    scopes = ArrayField(models.CharField(max_length=16, choices=TokenScope), size=8)
    project = models.ForeignKey(
        "annotation.Project", on_delete=models.CASCADE, null=True, blank=True
    )
    last_used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"token {self.token_key}"
