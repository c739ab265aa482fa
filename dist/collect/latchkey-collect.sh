#!/bin/sh
# Prints the machine code and the name of this machine, in one line with a tab between them, for the list of admitted
# machines of a Latchkey server. With a folder it writes a file there instead, one for each machine. It sends nothing.
#
#   sh latchkey-collect.sh                 prints the line
#   sh latchkey-collect.sh /mnt/collected  writes /mnt/collected/NAME-CODE.txt
#
# It needs no special rights, and runs on Linux and on macOS with nothing installed. The machine code is the first 32
# hexadecimal digits of the SHA-256 of the text "latchkey-machine-code/1:" and the system's own id of the machine, in
# small letters. Apps that use the recommended machine code send the same one.
set -eu

case "$(uname -s)" in
Darwin)
    id=$(ioreg -rd1 -c IOPlatformExpertDevice | sed -n 's/.*"IOPlatformUUID" = "\([^"]*\)".*/\1/p' | head -n 1)
    name=$(scutil --get ComputerName 2>/dev/null || uname -n)
    ;;
*)
    id=
    for file in /etc/machine-id /var/lib/dbus/machine-id; do
        if [ -z "$id" ] && [ -r "$file" ]; then
            id=$(head -n 1 "$file")
        fi
    done
    name=$(uname -n)
    ;;
esac

id=$(printf '%s' "$id" | tr -d ' \t\r\n' | tr '[:upper:]' '[:lower:]')
case "$id" in
'' | uninitialized)
    echo "This machine has no id of its own yet: let the system start once, and try again." >&2
    exit 1
    ;;
esac

if command -v sha256sum >/dev/null 2>&1; then
    digest=$(printf 'latchkey-machine-code/1:%s' "$id" | sha256sum)
else
    digest=$(printf 'latchkey-machine-code/1:%s' "$id" | shasum -a 256)
fi
code=$(printf '%s' "$digest" | cut -c 1-32)
name=$(printf '%s' "$name" | tr '\t\r\n' '   ' | cut -c 1-120)

if [ $# -eq 0 ]; then
    printf '%s\t%s\n' "$code" "$name"
    exit 0
fi
file="$1/$(printf '%s' "$name" | tr -c 'A-Za-z0-9._-' '_')-$(printf '%s' "$code" | cut -c 1-8).txt"
printf '%s\t%s\n' "$code" "$name" >"$file"
echo "$file"
