"""The API keeps to its own schema, whatever is sent: schemathesis, on the app as it is served."""

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from beside.settings import Settings
from beside.surfaces.web.app import create_app
from beside.wiring import Beside

TOKEN = "a-token-for-the-tests"
PORT = 8787
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Host": f"127.0.0.1:{PORT}"}
EXAMPLES = 100
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


@pytest.fixture
def schema(tmp_path: Path):
    beside = Beside.open(Settings(data_folder=tmp_path / "data"))
    app = create_app(beside, port=PORT, api_token=TOKEN)
    return schemathesis.openapi.from_asgi("/v1/openapi.json", app, headers=HEADERS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_one_that_the_schema_promises(schema, mode):
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == 19

    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
        def promise(case):
            response = case.call(headers=HEADERS)
            refused = response.status_code == 413  # too large is a refusal too
            checks = [c for c in CHECKS if not (refused and c is negative_data_rejection)]
            case.validate_response(response, checks=checks)

        promise()


def test_no_address_of_the_schema_answers_without_the_token(schema):
    for found in schema.get_all_operations():

        @given(case=found.ok().as_strategy())
        @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
        def promise(case):
            response = case.call(headers={"Host": HEADERS["Host"], "Authorization": "Bearer x"})
            assert response.status_code in (401, 404)  # a name with a line break is no address

        promise()


def test_whatever_is_said_to_a_voice_that_is_here_is_answered(schema):
    chat = schema["/v1/chat/completions"]["POST"]
    answered = []

    @given(
        case=chat.as_strategy(generation_mode=GenerationMode.POSITIVE),
        stream=st.booleans(),
        words=st.sampled_from(["", "I could not sleep.", "and then?"]),
    )
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    def promise(case, stream, words):
        case.body["model"] = "beside/authored"
        last = case.body["messages"][-1]
        last["role"] = "user"
        if words and isinstance(last["content"], str):  # most that is made up says nothing
            last["content"] += f" {words}"
        case.body["stream"] = stream
        for only_together in ("store", "stream_options"):
            case.body.pop(only_together, None)
        response = case.call(headers=HEADERS)
        case.validate_response(response, checks=CHECKS)
        if response.status_code == 200:
            answered.append(stream)
        else:
            assert response.json()["error"]["code"] == "nothing-said"

    promise()
    assert answered.count(True) > 5
    assert answered.count(False) > 5
