"""Anthropic's client."""

import anthropic
import worker

TOOL = {
    "name": "weather",
    "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}


def client(ask):
    return anthropic.Anthropic(base_url=ask["base"], api_key=ask["key"])


def given(ask, **more):
    messages = [{"role": "user", "content": ask.get("say", "hello")}]
    return {"model": ask.get("model", "claude-haiku-5-5"), "max_tokens": 64, "messages": messages, **more}


def outcome(reply):
    text = "".join(block.text for block in reply.content if block.type == "text")
    used = [reply.usage.input_tokens, reply.usage.output_tokens]
    return {"text": text, "finish": reply.stop_reason, "usage": used}


def chat(ask):
    return outcome(client(ask).messages.create(**given(ask)))


def stream(ask):
    with client(ask).messages.stream(**given(ask)) as reply:
        text = "".join(reply.text_stream)
        whole = outcome(reply.get_final_message())
    assert text == whole["text"]
    return whole


def tools(ask):
    """Asks, runs the tool, and gives its result back."""
    asked = given(ask, tools=[TOOL])
    messages = client(ask).messages
    first = messages.create(**asked)
    call = next(block for block in first.content if block.type == "tool_use")
    result = {"type": "tool_result", "tool_use_id": call.id, "content": "sunny"}
    said = [block.model_dump(exclude_none=True) for block in first.content]
    asked["messages"] += [{"role": "assistant", "content": said}, {"role": "user", "content": [result]}]
    return {"call": [call.name, call.input], "text": outcome(messages.create(**asked))["text"]}


def abort(ask):
    """Reads one piece of a stream and goes away."""
    reply = client(ask).messages.create(**given(ask, stream=True))
    first = next(event.delta.text for event in reply if event.type == "content_block_delta")
    reply.close()
    return {"first": first}


def count(ask):
    asked = given(ask)
    del asked["max_tokens"]
    return client(ask).messages.count_tokens(**asked).input_tokens


def models(ask):
    return [model.id for model in client(ask).models.list().data]


worker.serve(
    {"chat": chat, "stream": stream, "tools": tools, "abort": abort, "count": count, "models": models}
)
