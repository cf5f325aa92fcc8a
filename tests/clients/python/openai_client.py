"""OpenAI's client, towards OpenAI or Azure."""

import json

import openai
import worker

TOOL = {
    "type": "function",
    "function": {
        "name": "weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


def client(ask):
    if "api_version" in ask:
        return openai.AzureOpenAI(
            azure_endpoint=ask["base"], api_key=ask["key"], api_version=ask["api_version"]
        )
    return openai.OpenAI(base_url=ask["base"], api_key=ask["key"])


def given(ask, **more):
    messages = [{"role": "user", "content": ask.get("say", "hello")}]
    return {"model": ask.get("model", "gpt-6-luna"), "messages": messages, **more}


def usage(found):
    return found and [found.prompt_tokens, found.completion_tokens, found.total_tokens]


def chat(ask):
    reply = client(ask).chat.completions.create(**given(ask))
    choice = reply.choices[0]
    return {"text": choice.message.content, "finish": choice.finish_reason, "usage": usage(reply.usage)}


def stream(ask):
    text, total, finish = "", None, None
    more = {"stream": True, "stream_options": {"include_usage": True}}
    for chunk in client(ask).chat.completions.create(**given(ask, **more)):
        total = usage(chunk.usage) or total
        for choice in chunk.choices:
            text += choice.delta.content or ""
            finish = choice.finish_reason or finish
    return {"text": text, "finish": finish, "usage": total}


def tools(ask):
    """Asks, runs the tool, and gives its result back."""
    asked = given(ask, tools=[TOOL])
    chat = client(ask).chat.completions
    message = chat.create(**asked).choices[0].message
    call = message.tool_calls[0]
    result = {"role": "tool", "tool_call_id": call.id, "content": "sunny"}
    asked["messages"] += [message.model_dump(exclude_none=True), result]
    said = chat.create(**asked).choices[0].message.content
    return {"call": [call.function.name, json.loads(call.function.arguments)], "text": said}


def stream_tools(ask):
    name, arguments, finish = None, "", None
    for chunk in client(ask).chat.completions.create(**given(ask, tools=[TOOL], stream=True)):
        for choice in chunk.choices:
            finish = choice.finish_reason or finish
            for call in choice.delta.tool_calls or []:
                name = call.function.name or name
                arguments += call.function.arguments or ""
    return {"call": [name, json.loads(arguments)], "finish": finish}


def abort(ask):
    """Reads one chunk of a stream and goes away."""
    reply = client(ask).chat.completions.create(**given(ask, stream=True))
    first = next(iter(reply)).choices[0].delta.content
    reply.close()
    return {"first": first}


def models(ask):
    return sorted(model.id for model in client(ask).models.list())


def responses(ask):
    reply = client(ask).responses.create(model=ask.get("model", "gpt-6-luna"), input="hello", store=False)
    return {"text": reply.output_text, "usage": [reply.usage.input_tokens, reply.usage.output_tokens]}


def stream_responses(ask):
    text, last = "", None
    wanted = {"model": ask.get("model", "gpt-6-luna"), "input": "hello", "store": False}
    for event in client(ask).responses.create(**wanted, stream=True):
        text += event.delta if event.type == "response.output_text.delta" else ""
        last = event
    tokens = last.response.usage
    return {"text": text, "last": last.type, "usage": [tokens.input_tokens, tokens.output_tokens]}


def images(ask):
    reply = client(ask).images.generate(model="gpt-image-2", prompt="a boat", size="1024x1024")
    return [image.b64_json for image in reply.data]


worker.serve(
    {
        "chat": chat,
        "stream": stream,
        "tools": tools,
        "stream-tools": stream_tools,
        "abort": abort,
        "models": models,
        "responses": responses,
        "stream-responses": stream_responses,
        "images": images,
    }
)
