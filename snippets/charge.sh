#!/bin/sh
# Charges one credit for a piece of work of my_service.
set -eu
: "${IAP_URL:=http://localhost:8080}"
: "${IAP_KEY:?is the key of the service: keep it out of programs}"
# The token comes with the customer's request. 111111 is for trying out, where the server allows it.
: "${IAP_ACCOUNT:=111111}"
# Your own name for the work: asked for again, it is charged once.
: "${IAP_JOB:=job-1}"

call() {
  curl --silent --show-error --fail-with-body \
    --header "Authorization: Bearer $IAP_KEY" --header "Idempotency-Key: $IAP_JOB" \
    --json "$2" "$IAP_URL/api/v1/holds$1"
}

# Say for whom it is, too, if you know: "company" (a number), "user" (a name) and "link" (an address) are
# shown to the customer.
# Set the credits aside; where they are lacking, the answer is 402 and the script ends here.
answer=$(call "" "{
  \"account_token\": \"$IAP_ACCOUNT\",
  \"amount\": \"1\",
  \"description\": \"Work of my_service\"
}")
hold=$(printf '%s' "$answer" | sed 's/.*"id": *\(-*[0-9][0-9]*\).*/\1/')

# Do the work here. If it cannot be done: call "/$hold/cancel" "{}"
call "/$hold/capture" "{}"
