# What the scripts of the servers share: each of them reads this file.

die() { echo "${0##*/}: $*" >&2; exit 1; }

# Debian packages that are not there yet.
install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  local need=() p
  for p in "$@"; do
    dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || need+=("$p")
  done
  if [ ${#need[@]} -gt 0 ]; then
    apt-get install -y --no-install-recommends "${need[@]}" >&2 || {
      apt-get update >&2; apt-get install -y --no-install-recommends "${need[@]}" >&2; }
  fi
}

as_user() { local u=$1; shift; setpriv --reuid="$u" --regid="$(id -g "$u")" --init-groups "$@"; }

# A PostgreSQL of its own in $d/pg, on the port $1. Sets `fresh` where it was made now; environment for psql.
start_postgres() {
  local bin; bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
  fresh=
  if [ ! -s "$d/pg/PG_VERSION" ]; then
    fresh=1; mkdir -p "$d/pg"; chown postgres: "$d/pg"
    ( cd / && as_user postgres "$bin/initdb" -D "$d/pg" -A trust -E UTF8 --locale=C -U postgres >"$d/log/initdb.log" 2>&1 ) || { cat "$d/log/initdb.log" >&2; die initdb; }
  fi
  touch "$d/log/pg.log"; chown postgres: "$d/log/pg.log"
  ( cd / && as_user postgres "$bin/pg_ctl" -D "$d/pg" -l "$d/log/pg.log" -w -t 30 -o "-p $1 -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off" start >/dev/null ) || { cat "$d/log/pg.log" >&2; die "postgres did not start"; }
  echo "$bin" > "$d/pg.bin"
  export PGHOST=127.0.0.1 PGPORT=$1 PGUSER=postgres
}

stop_postgres() {
  [ -s "$d/pg/postmaster.pid" ] || return 0
  ( cd / && as_user postgres "$(cat "$d/pg.bin")/pg_ctl" -D "$d/pg" -m fast -w stop >/dev/null ) || true
}

# The captured messages, each as a line of JSON; CONTENT_ID_UID=1: the UID of one without any is its Content-ID.
do_mail() {
  local d=${1:?data dir} how=${2:-} f
  case $how in
    clear) rm -f "$d"/mail/*.eml;;
    raw) for f in "$d"/mail/*.eml; do [ -e "$f" ] || continue; echo "=== ${f##*/}"; cat "$f"; done;;
    *) for f in "$d"/mail/*.eml; do [ -e "$f" ] || continue
         perl -e 'my ($f)=@ARGV; local $/; open F,"<",$f; my $m=<F>; my ($id)=$f=~m{([^/]+)$};
           my $un=$m; $un=~s/\n[ \t]+/ /g; my @to=$un=~/^X-Envelope-To:\s*<?([^>\n]*)>?/mg; my ($fr)=$un=~/^X-Envelope-From:\s*<?([^>\n]*)>?/m;
           my ($s)=$un=~/^Subject:[ \t]*(.*)$/m; my ($me)=$un=~/method="?([A-Za-z]+)/i; my ($uid)=$m=~/^UID:(\S+)/m;
           ($uid)=$m=~/^Content-ID:\s*<([^@>]+)/m if !defined $uid && $ENV{CONTENT_ID_UID};
           for($s,$me,$uid,$fr){$_="" unless defined;s/(["\\])/\\$1/g}
           print "{\"file\":\"$id\",\"from\":\"$fr\",\"to\":[".join(",",map{"\"$_\""}@to)."],\"method\":\"$me\",\"subject\":\"$s\",\"uid\":\"$uid\"}\n"' "$f"
       done;;
  esac
}
