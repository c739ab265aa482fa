# Starts a throw-away PostgreSQL cluster and stops it when the input ends.
# Reads PG_BIN, PG_PORT, PG_PASSWORD and PG_FSYNC; prints `ready`.
set -eu
cd /
dir=$(mktemp -d "${TMPDIR:-/tmp}/latchkey-postgres-XXXXXX")

# PostgreSQL refuses to run as root; Debian's package brings the user it wants.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

stop() {
    status=$?
    as_postgres "$PG_BIN/pg_ctl" -D "$dir/data" -m immediate -w -t 20 stop >/dev/null 2>&1 || true
    rm -rf "$dir"
    exit "$status"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

(umask 077 && printf '%s' "$PG_PASSWORD" >"$dir/password")
if [ "$(id -u)" = 0 ]; then chown -R postgres "$dir"; fi
chmod 700 "$dir"

as_postgres "$PG_BIN/initdb" -D "$dir/data" -U postgres --pwfile "$dir/password" \
    --auth=password --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 || {
    cat "$dir/initdb.log" >&2
    exit 1
}

options="-p $PG_PORT -k $dir -c listen_addresses=127.0.0.1 -c max_connections=300"
if [ "$PG_FSYNC" = off ]; then
    options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
elif [ -r /proc/meminfo ]; then
    # What is measured is set up as PostgreSQL's manual says: a quarter of the memory for pages.
    options="$options -c shared_buffers=$(awk '/^MemTotal/ { print int($2 / 4096) }' /proc/meminfo)MB"
fi
as_postgres "$PG_BIN/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 -o "$options" start \
    >/dev/null 2>&1 </dev/null || {
    cat "$dir/log" >&2
    exit 1
}
echo ready
cat >/dev/null
