"""What every endpoint stands on: checked input, versions, answers that are given once."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any, ClassVar, Concatenate, ParamSpec, TypeVar

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.timezone import now
from rest_framework import serializers
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.characters import cleaned, faults
from core.api.problems import ApiRefusal, not_found, problem_body, validation_bodies
from core.limits import address_of
from core.models import RequestKey, User
from core.services.acts import allowed, parties_noted
from law.problems import Problem, _

ETAG = re.compile(r'\s*(W/)?"([^"]*)"\s*')
REQUEST_KEY = re.compile(r"[\x21-\x7e]{1,200}")
FIRST_DAY, LAST_DAY = date(1991, 12, 16), date(2100, 12, 31)
P = ParamSpec("P")
V = TypeVar("V", bound="ApiView")


class Faulty(APIException):
    """400 with reasons already in their final form."""

    status_code = 400

    def __init__(self, bodies: list[dict[str, Any]]) -> None:
        super().__init__()
        self.bodies = bodies


class KeyRequest(Request):
    """A request with a valid key: its user is a person."""

    user: User


class ApiView(APIView):
    """Needs a key. `if_match` names the methods that change an existing object; `acts` those that may be refused (409);
    `versioned` those whose answers carry an ETag; `own_act` says that nobody lends the caller the right to act here;
    `kept_by` names a permission, asked of the caller himself, without which an official finds nothing here;
    `secret_answers` that what it answers to a POST is kept for repeating only so that its caller's key opens it."""

    secret_answers: ClassVar[bool] = False
    kept_by: ClassVar[str] = ""
    own_act: ClassVar[bool] = False
    if_match: ClassVar[frozenset[str]] = frozenset()
    acts: ClassVar[frozenset[str]] = frozenset()
    versioned: ClassVar[frozenset[str]] = frozenset()
    throttle_scope: ClassVar[str | None] = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        user = request.user
        if self.kept_by and getattr(user, "is_official", False) and not allowed(user, self.kept_by, user):
            raise not_found()
        if found := list(faults(request.query_params.dict())):
            raise ApiRefusal(400, *found)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"
        return response

    def checked(self, form: serializers.BaseSerializer[Any]) -> dict[str, Any]:
        """The validated fields of the request.

        Raises:
            Faulty: every fault at once: strange characters, unknown fields, whatever the fields themselves find.
        """
        found = [problem_body(problem) for problem in faults(plain_data(self.request))]
        form.initial_data = cleaned(plain_data(self.request)) | files_of(self.request)
        try:
            form.is_valid(raise_exception=True)
        except ValidationError as error:
            known = {body["field"] for body in found}
            found += [body for body in validation_bodies(error.detail) if body["field"] not in known]
        if found:
            raise Faulty(found)
        return dict(form.validated_data)

    def sent_version(self) -> int | None:
        """The version named by If-Match; None for `*`.

        Raises:
            ApiRefusal: 428 without the header, 400 for one that cannot be read.
        """
        header = self.request.headers.get("If-Match", "").strip()
        if not header:
            message = _("Send If-Match with the ETag of the version that you have read.")
            raise ApiRefusal(428, Problem("if-match", message, field="If-Match"))
        if header == "*":
            return None
        tags = [ETAG.fullmatch(part) for part in header.split(",")]
        versions = [int(tag[2]) for tag in tags if tag and not tag[1] and re.fullmatch(r"[0-9]{1,9}", tag[2])]
        if not all(tags):
            message = _('If-Match holds an ETag in quotation marks, such as "3".')
            raise ApiRefusal(400, Problem("if-match", message, field="If-Match"))
        return versions[0] if versions else -1  # a weak or foreign tag matches no version


class PublicView(ApiView):
    """Open to everybody, without a key."""

    authentication_classes = ()
    permission_classes = (AllowAny,)


def plain_data(request: Request) -> dict[str, Any]:
    """The fields of the request as plain values; the files of a form are left out. A part that a form names more than
    once is a list, so that none is lost unseen."""
    data: Any = request.data
    if hasattr(data, "getlist"):
        return {name: alone(data.getlist(name)) for name in data if name not in request.FILES}
    return dict(data) if isinstance(data, Mapping) else {}


def files_of(request: Request) -> dict[str, Any]:
    return {name: alone(request.FILES.getlist(name)) for name in request.FILES}


def alone(sent: list[Any]) -> Any:
    """What a form says under one name: the value itself where there is one."""
    return sent[0] if len(sent) == 1 else sent


def day_asked(request: Request) -> date:
    """`?on=`, today without it.

    Raises:
        ApiRefusal: it is no day, or none for which a law could be known.
    """
    text = request.query_params.get("on")
    if text is None:
        return timezone.localdate()
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        message = _("A day as YYYY-MM-DD, from %(first)s to %(last)s.")
        raise ApiRefusal(400, Problem("day", message, {"first": FIRST_DAY, "last": LAST_DAY}, field="on"))
    return day


def repeatable(
    post: Callable[Concatenate[V, KeyRequest, P], Response],
) -> Callable[Concatenate[V, KeyRequest, P], Response]:
    """Lets a POST be sent again with its Idempotency-Key: the same content gets the same answer and acts once.

    The key is a row of the act's own transaction. A second request waits for the first; a failed one leaves no row.
    The answer is given again only to who may act today for the organisations that it was about.
    """

    @wraps(post)
    def once(view: V, request: KeyRequest, /, *args: P.args, **kwargs: P.kwargs) -> Response:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return post(view, request, *args, **kwargs)
        with transaction.atomic():
            if not REQUEST_KEY.fullmatch(key):
                message = _("Idempotency-Key has 1 to 200 visible ASCII characters.")
                raise ApiRefusal(400, Problem("idempotency-key", message, field="Idempotency-Key"))
            digest, box = digest_of(request), box_of(key) if view.secret_answers else None
            user, key = holder_of(request, key)
            row = claim(user.pk, key, digest)
            if row is None:
                return given_before(user, key, digest, own_act=view.own_act, box=box)
            with parties_noted() as parties:
                response = post(view, request, *args, **kwargs)
            kept = getattr(response, "kept", response.data)  # without what is told once only
            body = json.loads(JSONRenderer().render(kept)) if kept is not None else None
            body = {"sealed": box.encrypt(json.dumps(body).encode()).decode()} if box else body
            headers = {name: response[name] for name in ("ETag", "Location") if response.has_header(name)}
            told = {"status": response.status_code, "body": body, "headers": headers, "parties": sorted(parties)}
            RequestKey.objects.filter(pk=row).update(**told)
            return response

    return once


def holder_of(request: Request, key: str) -> tuple[User, str]:
    """Whose key it is: the caller's. Of a call without a name it is kept under the system, made one with the address
    that it came from, so that the keys of strangers never meet."""
    if request.user.is_authenticated:
        return request.user, key
    place = f"{settings.SECRET_KEY}{address_of(request._request)}:{key}"
    return User.objects.system(), hashlib.sha256(place.encode()).hexdigest()


def box_of(key: str) -> Fernet:
    """What an answer with a secret is kept in: opened by the caller's own key, which of a call without a name is kept
    nowhere, together with the server's."""
    secret = hmac.digest(str(settings.SECRET_KEY).encode(), b"tizilim.answers:" + key.encode(), "sha256")
    return Fernet(base64.urlsafe_b64encode(secret))


def claim(user_id: int, key: str, digest: str) -> int | None:
    """Insert the key; None when it stands already (after waiting for the transaction that is inserting it)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_requestkey (user_id, key, digest, status, body, headers, parties, at)"
            " VALUES (%s, %s, %s, 0, '{}', '{}', '[]', %s) ON CONFLICT DO NOTHING RETURNING id",
            [user_id, key, digest, now()],
        )
        found = cursor.fetchone()
    return found[0] if found else None


def given_before(user: User, key: str, digest: str, *, own_act: bool, box: Fernet | None) -> Response:
    """The answer that the request got.

    Raises:
        ApiRefusal: 422 for other content; 404 where the caller may no longer act for whom he acted then.
    """
    row = RequestKey.objects.get(user=user, key=key)
    if row.digest != digest:
        message = _("This Idempotency-Key was sent before with other content. Use a new one for a new request.")
        raise ApiRefusal(422, Problem("idempotency-key", message, field="Idempotency-Key"))
    if not own_act and not all(user.acts_for(organisation) for organisation in row.parties):
        raise not_found()
    body = json.loads(box.decrypt(row.body["sealed"])) if box else row.body
    return Response(body, status=row.status, headers={**row.headers, "Idempotency-Replayed": "true"})


def digest_of(request: Request) -> str:
    """SHA-256 over method, path, fields and the digests of the files; the raw bytes of a form differ each time."""
    files: dict[str, list[str]] = {}
    for name in request.FILES:
        for file in request.FILES.getlist(name):
            content = hashlib.sha256()
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
            files[name] = [*files.get(name, ()), file.name, content.hexdigest()]
    facts = [request.method, request.path, plain_data(request), files]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
