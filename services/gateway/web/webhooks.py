"""Subscriptions over the API: made, listed, looked into, enabled again, deleted; each by its owner only."""

import base64
import secrets
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field, StringConstraints

from contracts.messages.story_change import ChangeKind
from services.gateway.answers import Problem
from services.gateway.domain.filters import ChangeFilter
from services.gateway.given import Ask, Given
from services.gateway.web.access import Writer
from services.gateway.webhooks.call import NotAllowedError, checked
from services.gateway.webhooks.deliver import Deliverer
from services.gateway.webhooks.subscriptions import Subscription, Subscriptions

MOST = 200
_URL = r"^https?://([A-Za-z0-9.-]{1,250}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?(/[\x21-\x7e]*)?$"
Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Identity = Annotated[str, Path(pattern=r"^[0-9a-z_]{1,40}$")]
router = APIRouter(prefix="/api/v1/webhooks", tags=["webhooks"])


class WantedModel(BaseModel):
    """Which changes; an empty part lets everything through."""

    stories: list[Id] = Field([], max_length=100)
    entities: list[Id] = Field([], max_length=100)
    languages: list[Id] = Field([], max_length=100, description="BCP 47: `fa` is every Persian.")
    kinds: list[ChangeKind] = Field([], max_length=10)
    links: bool = Field(True, description="Whether changes are told that name new links only.")


class NewModel(BaseModel):
    """Who is to be called about what."""

    url: str = Field(min_length=8, max_length=2000, pattern=_URL)
    wanted: WantedModel = WantedModel()


class SubscriptionModel(BaseModel):
    """A subscription as its owner sees it."""

    id: str
    url: str
    wanted: WantedModel
    created_at: str
    position: int = Field(description="Everything up to this position of the stream has arrived.")
    failures: int = Field(description="Failures in a row.")
    disabled_at: str | None = None
    disabled_because: str | None = None
    secret: str | None = Field(None, description="Signs the calls; told once, when the subscription is made.")


class SubscriptionsModel(BaseModel):
    """The owner's subscriptions."""

    subscriptions: list[SubscriptionModel]


class FailureModel(BaseModel):
    """A call that did not arrive."""

    change_id: str
    at: str
    status: int | None = None
    why: str


class FailuresModel(BaseModel):
    """What did not arrive, newest first."""

    failures: list[FailureModel]


@router.post("", status_code=201, response_model=SubscriptionModel, response_model_exclude_none=True)
def subscribe(request: Request, parts: Ask, owner: Writer, new: NewModel, response: Response) -> SubscriptionModel:
    """Be called about every change from now on. Keep the secret: it verifies the calls."""
    kept = _kept(request)
    try:
        checked(new.url, parts.settings.gateway_private_webhooks)
    except NotAllowedError as error:
        raise Problem(403, str(error)) from error
    if len(kept.all()) >= MOST:
        raise Problem(409, f"there are {MOST} subscriptions already")
    lineage = parts.reader.lineage()
    if not lineage:
        raise Problem(503, "the projection is not there yet", {"Retry-After": "5"})
    made = _made(parts, owner, new, lineage)
    kept.add(made)
    _changed(request)
    response.headers["Location"] = f"/api/v1/webhooks/{made.id}"
    return _model(made, made.secret)


@router.get("", response_model=SubscriptionsModel, response_model_exclude_none=True)
def subscriptions(request: Request, owner: Writer) -> SubscriptionsModel:
    """The owner's subscriptions, the oldest first."""
    return SubscriptionsModel(subscriptions=[_model(each) for each in _kept(request).all() if each.owner == owner])


@router.get("/{identity}", response_model=SubscriptionModel, response_model_exclude_none=True)
def subscription(request: Request, owner: Writer, identity: Identity) -> SubscriptionModel:
    """One subscription."""
    return _model(_own(request, owner, identity))


@router.get("/{identity}/failures", response_model=FailuresModel, response_model_exclude_none=True)
def failures(request: Request, owner: Writer, identity: Identity) -> FailuresModel:
    """The calls that did not arrive, newest first; the last 200 are kept."""
    told = _kept(request).failures(_own(request, owner, identity).id)
    return FailuresModel(
        failures=[FailureModel(change_id=f.change_id, at=f.at, status=f.status, why=f.why) for f in told]
    )


@router.post("/{identity}/enable", response_model=SubscriptionModel, response_model_exclude_none=True)
def enable(request: Request, owner: Writer, identity: Identity) -> SubscriptionModel:
    """Go on calling where it stopped."""
    _kept(request).enable(_own(request, owner, identity).id)
    _changed(request)
    return _model(_own(request, owner, identity))


@router.delete("/{identity}", status_code=204, response_class=Response)
def unsubscribe(request: Request, owner: Writer, identity: Identity) -> None:
    """No more calls."""
    _kept(request).remove(_own(request, owner, identity).id)
    _changed(request)


def _kept(request: Request) -> Subscriptions:
    kept: Subscriptions = request.app.state.subscriptions
    return kept


def _changed(request: Request) -> None:
    deliverer: Deliverer = request.app.state.deliverer
    deliverer.changed()


def _own(request: Request, owner: str, identity: str) -> Subscription:
    found = _kept(request).get(identity)
    if found is None or found.owner != owner:
        raise Problem(404, "no such subscription")
    return found


def _made(parts: Given, owner: str, new: NewModel, lineage: str) -> Subscription:
    wanted = ChangeFilter.from_plain(new.wanted.model_dump())
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    return Subscription(
        "wh_" + secrets.token_hex(8), owner, new.url, secret, wanted, parts.clock.now().isoformat(), lineage,
        parts.reader.newest_position(),
    )  # fmt: skip


def _model(told: Subscription, secret: str | None = None) -> SubscriptionModel:
    wanted = WantedModel.model_validate(told.wanted.to_plain())
    return SubscriptionModel(
        id=told.id, url=told.url, wanted=wanted, created_at=told.created_at, position=told.position,
        failures=told.failures, disabled_at=told.disabled_at, disabled_because=told.disabled_because, secret=secret,
    )  # fmt: skip
