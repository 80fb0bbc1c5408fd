#!/bin/bash
# What stands before a server: nginx with TLS, tinyproxy, from the Debian packages, on this computer only.
#
#   fronts.sh install
#   fronts.sh start PORT DIR      nginx on PORT, PORT+1 …, one for each line "NAME CERT KEY UPSTREAM [AUTHORITY]" of DIR/doors;
#                                 tinyproxy on PORT+8, and on PORT+9 with the login anna/proxy-secret
#   fronts.sh stop DIR
#
# Env: FRONTS_LISTEN (127.0.0.1): the address that nginx listens on
set -euo pipefail
die() { echo "fronts.sh: $*" >&2; exit 1; }

do_install() {
  export DEBIAN_FRONTEND=noninteractive
  local need=() p
  for p in nginx-light tinyproxy curl; do
    dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || need+=("$p")
  done
  if [ ${#need[@]} -gt 0 ]; then
    apt-get install -y --no-install-recommends "${need[@]}" >&2 || {
      apt-get update >&2; apt-get install -y --no-install-recommends "${need[@]}" >&2; }
  fi
}

# The server says nothing of what is behind it, and nginx's own limits and names stay as Debian has them.
nginx_config() {
  local d=$1 port=$2 listen=$3 name cert key upstream authority
  cat <<CONF
daemon off;
user www-data;
worker_processes 1;
pid $d/nginx.pid;
error_log $d/nginx.log;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path $d/body; proxy_temp_path $d/proxy;
  fastcgi_temp_path $d/fastcgi; uwsgi_temp_path $d/uwsgi; scgi_temp_path $d/scgi;
  server_tokens off;
  proxy_http_version 1.1;
  proxy_set_header Host \$http_host;
  proxy_read_timeout 1s;
CONF
  while read -r name cert key upstream authority; do
    echo "  server { # $name"
    echo "    listen $listen:$port ssl; ssl_certificate $cert; ssl_certificate_key $key;"
    [ -z "$authority" ] || echo "    ssl_client_certificate $authority; ssl_verify_client on;"
    echo "    location / { proxy_pass $upstream; }"
    echo "  }"
    port=$((port + 1))
  done < "$d/doors"
  echo "}"
}

start_tinyproxy() {
  local d=$1 port=$2 name=$3 login=${4:-}
  cat > "$d/$name.conf" <<CONF
Port $port
Listen 127.0.0.1
Timeout 60
MaxClients 50
LogFile "$d/$name.log"
PidFile "$d/$name.pid"
$login
CONF
  setsid tinyproxy -d -c "$d/$name.conf" </dev/null >"$d/$name.out" 2>&1 &
  echo $! >> "$d/pids"
}

do_start() {
  local port=${1:?port} d=${2:?dir} i count
  d=$(cd "$d" && pwd); chmod 755 "$d"; : > "$d/pids"
  count=$(wc -l < "$d/doors")
  nginx_config "$d" "$port" "${FRONTS_LISTEN:-127.0.0.1}" > "$d/nginx.conf"
  setsid /usr/sbin/nginx -p "$d" -c "$d/nginx.conf" </dev/null >"$d/nginx.out" 2>&1 &
  echo $! >> "$d/pids"
  start_tinyproxy "$d" $((port + 8)) open
  start_tinyproxy "$d" $((port + 9)) login 'BasicAuth anna proxy-secret'
  for i in $(seq 100); do
    curl -s -o /dev/null -k --max-time 2 "https://${FRONTS_LISTEN:-127.0.0.1}:$port/" &&
      curl -s -o /dev/null --max-time 2 "http://127.0.0.1:$((port + 8))/" &&
      curl -s -o /dev/null --max-time 2 "http://127.0.0.1:$((port + 9))/" && break
    sleep 0.1; [ "$i" = 100 ] && { cat "$d"/*.out "$d/nginx.log" >&2; do_stop "$d"; die "no answer on port $port"; }
  done
  printf '{"server":"fronts","doors":%s,"port":%s,"data_dir":"%s"}\n' "$count" "$port" "$d"
}

do_stop() {
  local d=${1:?dir} pid
  d=$(cd "$d" && pwd)
  [ -s "$d/pids" ] || return 0
  while read -r pid; do
    { tr '\0' ' ' < "/proc/$pid/cmdline"; } 2>/dev/null | grep -qF -- "$d/" && kill -TERM "$pid" 2>/dev/null || true
  done < "$d/pids"
  rm -f "$d/pids"
}

case ${1:-} in
  install) do_install;;
  start) shift; do_start "$@";;
  stop) shift; do_stop "$@";;
  *) sed -n '2,11p' "$0" >&2; exit 2;;
esac
