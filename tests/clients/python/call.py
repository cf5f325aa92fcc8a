"""One call by a provider's official client. Reads {client, base, key, action} from standard input, prints what came of
it as one line of JSON. Must not change how a client calls but for base URL and key, and waits between its tries."""

import json
import sys
import time

time.sleep = lambda _: None  # The clients' waits between tries; how often they try is what is compared.

TOOL = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}
ASK = [{"role": "user", "content": "hello"}]


def openai(ask, azure=None):
    import openai as sdk

    if azure == "dated":
        client = sdk.AzureOpenAI(azure_endpoint=ask["base"], api_key=ask["key"], api_version="2024-10-21")
    else:
        client = sdk.OpenAI(base_url=ask["base"], api_key=ask["key"])
    chat = client.chat.completions
    model = "my-gpt" if azure else ask.get("model", "gpt-6-luna")
    match ask["action"]:
        case "chat":
            reply = chat.create(model=model, messages=ASK)
            return {"text": reply.choices[0].message.content, "total": reply.usage.total_tokens if reply.usage else None}
        case "tools":
            reply = chat.create(model=model, messages=ASK, tools=[TOOL])
            return [[c.function.name, json.loads(c.function.arguments)] for c in reply.choices[0].message.tool_calls]
        case "stream":
            text, total = "", None
            for chunk in chat.create(model=model, messages=ASK, stream=True, stream_options={"include_usage": True}):
                text += (chunk.choices[0].delta.content or "") if chunk.choices else ""
                total = chunk.usage.total_tokens if chunk.usage else total
            return {"text": text, "total": total}
        case "models":
            return sorted(m.id for m in client.models.list())
        case "responses":
            reply = client.responses.create(model=model, input="hello", store=False)
            return {"text": reply.output_text, "total": reply.usage.total_tokens}
        case "images":
            return len(client.images.generate(model="gpt-image-2", prompt="a boat").data[0].b64_json)


def anthropic(ask):
    import anthropic as sdk

    client = sdk.Anthropic(base_url=ask["base"], api_key=ask["key"])
    given = {"model": "claude-haiku-5-5", "max_tokens": 64, "messages": ASK}
    match ask["action"]:
        case "chat":
            reply = client.messages.create(**given)
            return {"text": reply.content[0].text, "out": reply.usage.output_tokens}
        case "stream":
            with client.messages.stream(**given) as stream:
                return {"text": "".join(stream.text_stream)}
        case "count":
            return client.messages.count_tokens(model=given["model"], messages=ASK).input_tokens
        case "models":
            return [m.id for m in client.models.list()]


def deepl(ask):
    import deepl as sdk

    sdk.http_client.max_network_retries = 2
    client = sdk.DeepLClient(ask["key"], server_url=ask["base"])
    match ask["action"]:
        case "translate":
            replies = client.translate_text(["<b>Hello</b>"], target_lang="DE", tag_handling="html")
            return [reply.text for reply in replies]
        case "usage":
            usage = client.get_usage()
            return [usage.character.count, usage.character.limit]
        case "languages":
            return len(client.get_target_languages())


def vision(ask):
    from azure.ai.vision.imageanalysis import ImageAnalysisClient
    from azure.ai.vision.imageanalysis.models import VisualFeatures
    from azure.core.credentials import AzureKeyCredential

    client = ImageAnalysisClient(endpoint=ask["base"], credential=AzureKeyCredential(ask["key"]))
    reply = client.analyze(image_data=b"image bytes", visual_features=[VisualFeatures.CAPTION, VisualFeatures.READ])
    return reply.caption.text


CLIENTS = {
    "openai": openai,
    "azure-dated": lambda ask: openai(ask, "dated"),
    "azure-v1": lambda ask: openai(ask, "v1"),
    "anthropic": anthropic,
    "deepl": deepl,
    "vision": vision,
}

if __name__ == "__main__":
    asked = json.load(sys.stdin)
    try:
        print(json.dumps({"ok": CLIENTS[asked["client"]](asked)}))
    except Exception as error:  # What a client raises is what is compared.
        status = getattr(error, "status_code", None) or getattr(error, "http_status_code", None)
        code = getattr(error, "code", None)
        raised = {"class": type(error).__name__, "status": status, "code": code if isinstance(code, str) else None}
        print(json.dumps({"raised": raised}))
