"""A hosted model that behaves, and all the ways in which one does not."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx2
import numpy as np
import pytest

from annotation import captions
from ml.drafting.chat import ChatRequest, OpenAIChat, Unanswered, retry_after_s
from ml.drafting.manners import OwnMemory
from ml.drafting.openai_compatible import HostedModel, OpenAICompatibleDrafter
from ml.drafting.pictures import sampled_indices
from ml.drafting.prompts import Prompt
from ml.drafting.protocols import ClipInputs, Drafted, Failed, TryAgain
from ml.video.containers import VideoRefused
from ml.video.streaming import SampledFrame, StreamHeader
from tests.hosted_model import (
    CAPTION,
    KEY,
    CutReply,
    LateReply,
    Reply,
    refusing,
    saying,
    serving,
)

PROMPT = Prompt("Describe faces.", "It lasts $duration_s s, $frame_count frames. $people")


@pytest.fixture
def server():
    with serving() as server:
        yield server


def a_clip(frames=50, **fields):
    @contextmanager
    def open_frames():
        header = StreamHeader(64, 48, 1.0, 64, 48, frames, 16)
        pixels = np.zeros((48, 64, 3), np.uint8)
        yield header, (SampledFrame(index, index / 25, pixels) for index in range(frames))

    times = [index / 25 for index in range(frames)]
    return ClipInputs("a clip", times, None, fields.get("open_frames", open_frames))


def ask(server, *, prompt=PROMPT, clip=None, timeout_s=5.0, url=None, memory=None, **fields):
    with httpx2.Client() as http:
        address = {"url": url or server.url, "api_key": KEY}
        chat = OpenAIChat(**address, timeout_s=timeout_s, http=http, memory=memory)
        model = HostedModel("made-up", 0.2, 900, **fields)
        return OpenAICompatibleDrafter(chat, model, prompt).draft(clip or a_clip())


def test_sixteen_frames_go_out_each_after_its_time(server):
    outcome = ask(server)
    assert isinstance(outcome, Drafted)
    captions.check_complete(captions.parse(outcome.content))
    assert (outcome.usage.input_tokens, outcome.usage.output_tokens) == (1000, 100)

    [request] = server.requests
    parts = request["messages"][-1]["content"]
    assert [part["type"] for part in parts] == ["text", "image_url"] * 16 + ["text"]
    assert parts[0]["text"] == f"Frame 1 at {sampled_indices(a_clip().times_s)[0] / 25:.2f} s:"
    assert parts[-1]["text"] == "It lasts 2.0 s, 16 frames. "
    assert request["max_tokens"] == 900
    assert request["response_format"]["json_schema"]["strict"] is True
    assert server.keys == [f"Bearer {KEY}"]


def test_a_clip_of_one_frame_is_shown_once(server):
    assert sampled_indices([0.0]) == [0]
    assert isinstance(ask(server, clip=a_clip(1)), Drafted)


def test_approved_captions_go_along_as_text_alone(server):
    ask(server, prompt=Prompt("Describe.", "Now this.", examples=(CAPTION,)))
    example = server.requests[0]["messages"][1]
    assert "Her brows rise slightly" in example["content"]


def test_a_server_without_schemas_is_asked_by_words(server):
    server.then(refusing(400, "unsupported_parameter"), saying(CAPTION))
    assert isinstance(ask(server), Drafted)
    assert ["response_format" in request for request in server.requests] == [True, False]


@pytest.mark.parametrize(
    ("parameter", "sent_instead"),
    [("max_tokens", {"max_completion_tokens": 900}), ("temperature", {})],
)
def test_what_a_model_refuses_is_left_out_and_remembered(server, parameter, sent_instead):
    server.then(refusing(400, "unsupported_parameter", param=parameter), saying(CAPTION))
    memory = OwnMemory()
    assert isinstance(ask(server, memory=memory), Drafted)
    assert isinstance(ask(server, memory=memory), Drafted)
    first, *later = server.requests
    assert parameter in first
    assert len(later) == 2
    for request in later:
        assert parameter not in request
        assert sent_instead.items() <= request.items()
        assert "response_format" in request


def test_all_that_is_refused_is_found_out_in_turn(server):
    server.then(
        refusing(400, "unsupported_value", param="temperature"),
        refusing(400, "unsupported_parameter", param="max_tokens"),
        refusing(422, 422),
        saying(CAPTION),
    )
    assert isinstance(ask(server), Drafted)
    refused = {"temperature", "max_tokens", "response_format"}
    assert not refused & server.requests[-1].keys()


def test_what_was_refused_for_another_reason_is_not_remembered(server):
    memory = OwnMemory()
    server.then(refusing(400))
    assert isinstance(ask(server, memory=memory), Failed)
    server.then(refusing(400, "invalid_value", param="messages"))
    assert isinstance(ask(server, memory=memory), Failed)
    assert memory.recall("made-up") == frozenset()
    assert len(server.requests) == 3


def test_a_model_registered_without_schemas_is_never_sent_one(server):
    assert isinstance(ask(server, structured=False), Drafted)
    assert "response_format" not in server.requests[0]


@pytest.mark.parametrize("first", ["Here you are!", {"summary": "A man."}, "<b>Hi</b>"])
def test_a_near_miss_is_repaired_once(server, first):
    server.then(saying(first), saying(CAPTION))
    outcome = ask(server)
    assert isinstance(outcome, Drafted)
    assert outcome.usage.input_tokens == 2000
    asked_again = server.requests[1]["messages"]
    assert asked_again[-2]["role"] == "assistant"
    assert "cannot be used" in asked_again[-1]["content"]


@pytest.mark.parametrize(
    ("reply", "code", "requests"),
    [
        (saying("I cannot help with that."), "not_json", 2),
        (saying(None, refusal="I will not look at faces."), "refused", 1),
        (saying("", finish="content_filter"), "refused", 1),
        (saying('{"summary": ', finish="length"), "cut_off", 1),
        (saying({"caption": "A man smiles."}), "wrong_form", 2),
        (saying(""), "empty", 2),
        (Reply(body="<html>Please sign in to the network.</html>"), "not_json", 1),
        (Reply(body={"choices": []}), "not_json", 1),
        (Reply(body={"choices": [{"message": 3}]}), "not_json", 1),
        (refusing(401), "rejected_request", 1),
        (refusing(404), "rejected_request", 1),
        (refusing(400), "rejected_request", 2),
        (refusing(413), "rejected_request", 1),
        (refusing(429, "insufficient_quota"), "rejected_request", 1),
        (refusing(400, "content_policy_violation"), "refused", 1),
    ],
)
def test_what_cannot_be_mended_is_an_honest_failure(server, reply, code, requests):
    server.then(reply)
    outcome = ask(server)
    assert isinstance(outcome, Failed)
    assert (outcome.code, len(server.requests)) == (code, requests)
    assert outcome.reason.endswith(".")
    assert KEY not in outcome.reason


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503])
def test_what_passes_by_itself_is_left_to_who_owns_the_work(server, status):
    """S83: the server's words, which may repeat the key, stay out of the reason."""
    server.then(refusing(status, Retry_After="7"))
    with pytest.raises(TryAgain) as again:
        ask(server)
    assert (again.value.wait_s, len(server.requests)) == (7.0, 1)
    assert KEY not in again.value.reason


def test_a_cut_answer_may_have_to_be_paid(server):
    server.then(CutReply(body=saying(CAPTION).body))
    with pytest.raises(TryAgain, match="broke off") as again:
        ask(server)
    assert isinstance(again.value.__cause__, Unanswered)
    assert again.value.__cause__.may_cost


def test_a_slow_answer_is_not_waited_for(server):
    server.then(LateReply(server.over))
    with pytest.raises(TryAgain, match="in time") as again:
        ask(server, timeout_s=0.2)
    assert again.value.__cause__.may_cost


def test_a_server_that_is_down_costs_nothing(server):
    with pytest.raises(TryAgain, match="cannot be reached") as again:
        ask(server, url="http://127.0.0.1:9/v1")
    assert not again.value.__cause__.may_cost


def test_a_video_that_cannot_be_decoded_is_not_sent(server):
    def open_frames():
        raise VideoRefused("truncated", "The video is cut off. Send it again.")

    outcome = ask(server, clip=a_clip(open_frames=open_frames))
    assert (outcome.code, outcome.reason) == (
        "unusable_video",
        "The video is cut off. Send it again.",
    )
    assert server.requests == []


def test_equal_questions_have_equal_hashes_at_one_endpoint_only():
    one, same = ChatRequest({"messages": [], "a": 1}), ChatRequest({"a": 1, "messages": []})
    assert one.digest("x") == same.digest("x")
    assert one.digest("x") != one.digest("y")


def test_what_is_reserved_covers_pictures_and_words(server):
    ask(server)
    request = ChatRequest(server.requests[0])
    assert request.pictures == 16
    assert request.most_input_tokens > 16 * 1000
    assert request.most_output_tokens == 900


@pytest.mark.parametrize(
    ("header", "expected"),
    [("12", 12.0), ("0.5", 0.5), ("-3", 0.0), ("", None), ("soon", None)],
)
def test_retry_after_in_seconds(header, expected):
    assert retry_after_s(header) == expected


def test_retry_after_as_a_date():
    later = datetime.now(UTC) + timedelta(seconds=90)
    wait_s = retry_after_s(format_datetime(later, usegmt=True))
    assert wait_s is not None
    assert 60 < wait_s <= 90
