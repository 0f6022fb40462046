"""The cache in Redis. It holds counts and used codes, nothing that cannot be lost."""

from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError


class OpenRedisCache(RedisCache):
    """The cache, where adding succeeds though Redis does not answer: allauth adds each code that was used, and nobody
    shall wait at the door for a cache. For those seconds a code could be used twice."""

    def add(self, *args: Any, **kwargs: Any) -> bool:
        try:
            return bool(super().add(*args, **kwargs))
        except RedisError:
            return True
