#!/bin/sh
# SPDX-License-Identifier: MIT
# ./toccata hands its arguments on untouched, from any folder, through links, without HOME, and builds only
# when something changed. The engine and tools/build are replaced by stand-ins that say what they got.
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
home="$room/a place with spaces"
mkdir -p "$home/build/release/bin" "$home/tools" "$home/.git/logs" "$room/else where"
cp "$1/toccata" "$home/toccata"

cat >"$home/build/release/bin/toccata" <<'EOF'
#!/bin/sh
for word in "$@"; do printf '<%s>' "$word"; done
printf '\n'
exit 7
EOF
cat >"$home/tools/build" <<'EOF'
#!/bin/sh
printf 'built\n' >&2
touch "${0%/*}/../build/release/built"
EOF
cat >"$home/tools/setup" <<'EOF'
#!/bin/sh
printf 'setup:%s\n' "$*"
EOF
chmod +x "$home/build/release/bin/toccata" "$home/tools/build" "$home/tools/setup"

# expect NAME STDOUT STDERR STATUS COMMAND...
expect() {
  name=$1 out=$2 err=$3 status=$4
  shift 4
  got=0
  "$@" >"$room/out" 2>"$room/err" || got=$?
  if [ "$(cat "$room/out")" != "$out" ] || [ "$(cat "$room/err")" != "$err" ] || [ $got != "$status" ]; then
    printf 'wrapper: %s: exit %s\nstdout: %s\nstderr: %s\n' "$name" $got "$(cat "$room/out")" "$(cat "$room/err")"
    exit 1
  fi
}

expect "a first call builds, saying so on stderr only" "<a b><>" built 7 "$home/toccata" "a b" ""
expect "a second call builds nothing" "<--version>" "" 7 "$home/toccata" --version
cd "$room/else where"
expect "relative path" "<-o><->" "" 7 "../a place with spaces/toccata" -o -
ln -s "$home/toccata" absolute
ln -s absolute chain
ln -s "../a place with spaces/toccata" relative
expect "absolute link" "<*>" "" 7 ./absolute "*"
expect "link to a link" "<x>" "" 7 ./chain x
expect "relative link" "<x>" "" 7 ./relative x
expect "link found in PATH, no HOME" "<\$x>" "" 7 env -i PATH="$PWD:$PATH" LC_ALL=nowhere chain '$x'
cd "$home"
expect "by its bare name" "<x>" "" 7 sh toccata x
expect "no arguments" "" "" 7 ./toccata
expect "set-up" "setup:--and-build sound" "" 0 ./toccata setup sound

touch -d '1 hour ago' build/release/built
touch .git/logs/HEAD
expect "what git moved is built again" "<x>" built 7 ./toccata x
expect "once" "<x>" "" 7 ./toccata x
mv .git "$room/git folder"
printf 'gitdir: %s\n' "$room/git folder" >.git
touch -d '1 hour ago' build/release/built
expect "in a work tree too" "<x>" built 7 ./toccata x
