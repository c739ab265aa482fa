# Starts a display, a session bus and an unlocked keychain of their own, and stops them when the
# input ends. Prints what programs need to find them, then `ready`.
set -eu
cd /
dir=$(mktemp -d "${TMPDIR:-/tmp}/latchkey-session-XXXXXX")
started=

stop() {
    status=$?
    for pid in $started; do kill "$pid" 2>/dev/null || true; done
    for pid in $started; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$dir"
    exit "$status"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

# until_ready WHAT LOG COMMAND...: waits at most 20 seconds for the command to succeed.
until_ready() {
    what=$1 log=$2
    shift 2
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        if [ "$tries" -gt 200 ]; then
            echo "$what did not start:" >&2
            cat "$log" >&2
            exit 1
        fi
        sleep 0.1
    done
}

# Nothing here may touch the person's own home, keychain or session.
mkdir -m 700 "$dir/home" "$dir/run"
export HOME="$dir/home" XDG_RUNTIME_DIR="$dir/run"
unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME
unset DISPLAY WAYLAND_DISPLAY XAUTHORITY DBUS_SESSION_BUS_ADDRESS

Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3>"$dir/display" >"$dir/xvfb.log" 2>&1 &
started="$started $!"
until_ready Xvfb "$dir/xvfb.log" test -s "$dir/display"
DISPLAY=:$(cat "$dir/display")
export DISPLAY

dbus-daemon --session --nofork --nopidfile --print-address=3 3>"$dir/bus" >"$dir/dbus.log" 2>&1 &
started="$! $started"
until_ready dbus-daemon "$dir/dbus.log" test -s "$dir/bus"
DBUS_SESSION_BUS_ADDRESS=$(cat "$dir/bus")
export DBUS_SESSION_BUS_ADDRESS

# An empty password is refused.
printf test >"$dir/password"
gnome-keyring-daemon --foreground --unlock --components=secrets \
    <"$dir/password" >"$dir/keyring.log" 2>&1 &
started="$! $started"
keychain_is_there() {
    dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
        org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q 'boolean true'
}
until_ready gnome-keyring-daemon "$dir/keyring.log" keychain_is_there

echo "DISPLAY=$DISPLAY"
echo "DBUS_SESSION_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS"
echo "XDG_RUNTIME_DIR=$XDG_RUNTIME_DIR"
echo ready
cat >/dev/null
