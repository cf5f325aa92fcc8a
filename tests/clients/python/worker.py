"""Runs calls of a provider's official client: one JSON object a line in, one line of JSON out, in any order.

Must not change how a client calls, but for base URL and key. Only its waits between tries are skipped; how long they
would have been is said instead.
"""

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

_mine = threading.local()
_out = threading.Lock()


def _skip(seconds):
    _mine.waits.append(round(seconds, 3))


time.sleep = _skip


def _plain(value):
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def _raised(error):
    status = getattr(error, "status_code", None) or getattr(error, "http_status_code", None)
    said = {name: _plain(getattr(error, name, None)) for name in ("code", "type", "param", "request_id")}
    message = getattr(error, "message", None) or str(error)
    return {"class": type(error).__name__, "status": status, "message": message, **said}


def _run(calls, line):
    ask = json.loads(line)
    _mine.waits = []
    try:
        answer = {"ok": calls[ask["action"]](ask)}
    except Exception as error:  # What a client raises is what is compared.
        answer = {"raised": _raised(error)}
    answer = {"id": ask["id"], "outcome": answer, "waits": _mine.waits}
    with _out:
        print(json.dumps(answer), flush=True)


def serve(calls):
    with ThreadPoolExecutor(8) as pool:
        for line in sys.stdin:
            pool.submit(_run, calls, line)
