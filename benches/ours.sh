#!/bin/sh
# ours.sh ADDONCTL PORT UP TMP: the headless proxy with a stored key, and a file with a token that is kept fresh.
set -eu
bin=$1 port=$2 up=$3 tmp=$4
export ADDON_CONSOLE_DATA_DIR=$tmp/data
if [ ! -e "$tmp/app" ]; then
  mkdir -p -m 700 "$tmp/data"
  c="--custody key-file --key-file $tmp/vault.key"
  $bin --json $c app add Bench --type email --origin http://localhost:3000 > "$tmp/app"
  printf sk-stored-key | $bin --json $c provider add openai --app Bench --kind openai --base-url "http://127.0.0.1:$up/v1" --key-stdin >/dev/null
  $bin --json $c addon install ai-integration --app Bench --provider openai >/dev/null
  $bin --json $c addon enable ai-integration --app Bench >/dev/null
fi
$bin --custody key-file --key-file "$tmp/vault.key" serve --port "$port" 2>/dev/null >"$tmp/said" &
pid=$!
trap 'kill $pid; wait $pid; exit 0' TERM INT
id=$(sed 's/.*"client_id":"\([^"]*\)".*/\1/' "$tmp/app"); secret=$(sed 's/.*"client_secret":"\([^"]*\)".*/\1/' "$tmp/app")
while ! [ -s "$tmp/said" ]; do sleep 0.002; done
while :; do
  curl -s "http://127.0.0.1:$port/loginV2" -H 'content-type: application/json' -d "{\"client_id\":\"$id\",\"client_secret\":\"$secret\",\"uid\":\"bench\"}" | sed 's/.*"access_token":"\([^"]*\)".*/\1/' > "$tmp/token.new"
  mv "$tmp/token.new" "$tmp/token"
  sleep 120 & wait $!
done
