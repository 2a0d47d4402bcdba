"""Charges one credit for a piece of work of my_service. Needs nothing but Python."""

import json
import os
import urllib.error
import urllib.request

SERVER = os.environ.get("IAP_URL", "http://localhost:8080")
KEY = os.environ["IAP_KEY"]  # the key of the service: keep it out of programs
# The token comes with the customer's request. 111111 is for trying out, where the server allows it.
ACCOUNT = os.environ.get("IAP_ACCOUNT", "111111")
# Your own name for the work: asked for again, it is charged once.
JOB = os.environ.get("IAP_JOB", "job-1")


def call(path, body):
    headers = {
        "Authorization": f"Bearer {KEY}",
        "Content-Type": "application/json",
        "Idempotency-Key": JOB,
    }
    data = json.dumps(body).encode()
    request = urllib.request.Request(f"{SERVER}/api/v1/holds{path}", data, headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def work():
    """Do the work here."""


# Say for whom it is, too, if you know: "company" (a number), "user" (a name) and "link" (an address) are
# shown to the customer.
try:
    hold = call("", {"account_token": ACCOUNT, "amount": "1", "description": "Work of my_service"})
except urllib.error.HTTPError as error:
    # 402: the customer lacks credits. The answer says how many, and what to tell them.
    raise SystemExit(json.load(error)["detail"])
try:
    work()
except Exception:
    call(f"/{hold['id']}/cancel", {})  # nothing is charged
    raise
print(call(f"/{hold['id']}/capture", {})["charged"])
