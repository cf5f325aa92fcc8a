"""DeepL's client."""

import deepl
import worker

deepl.http_client.max_network_retries = 2


def client(ask):
    return deepl.DeepLClient(ask["key"], server_url=ask["base"])


def translate(ask):
    texts = ask.get("texts", ["<b>Hello</b>"])
    replies = client(ask).translate_text(texts, source_lang="EN", target_lang="DE", tag_handling="html")
    return [reply.text for reply in replies]


def usage(ask):
    used = client(ask).get_usage().character
    return [used.count, used.limit]


def languages(ask):
    return [language.code for language in client(ask).get_target_languages()]


worker.serve({"translate": translate, "usage": usage, "languages": languages})
