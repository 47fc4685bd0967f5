"""How often is too often. Sign-in has the limits of allauth."""

from __future__ import annotations

from rest_framework.throttling import AnonRateThrottle, UserRateThrottle


class PersonRate(UserRateThrottle):
    """Autosave, heartbeats and polling of a busy person in three tabs stay far below."""

    scope = "person"
    rate = "600/min"


class FetchRate(UserRateThrottle):
    """A machine that fetches the videos of a version, beside whatever its owner does."""

    scope = "fetch"
    rate = "6000/min"


class StrangerRate(AnonRateThrottle):
    """Whoever guesses invitation keys."""

    scope = "stranger"
    rate = "30/min"


class HeavyRate(UserRateThrottle):
    """Requests that start work for a worker, or a process of their own."""

    scope = "heavy"
    rate = "60/min"
