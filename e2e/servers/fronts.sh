#!/bin/bash
# What stands before a server: nginx with TLS, tinyproxy and squid, from the Debian packages, on this computer only.
#
#   fronts.sh install
#   fronts.sh start PORT DIR      nginx on PORT, PORT+1 …, one for each line "NAME CERT KEY UPSTREAM [AUTHORITY]" of DIR/doors;
#                                 tinyproxy on PORT+10, and on PORT+11 with the login anna/proxy-secret; squid on PORT+12, on
#                                 PORT+13 with the same login, on PORT+14 letting nobody through, on PORT+15 with Negotiate and
#                                 NTLM, and on PORT+16 with the login by TLS: the line "CERT KEY" of DIR/squid
#   fronts.sh stop DIR
#
# Env: FRONTS_LISTEN (127.0.0.1): the address that nginx listens on; FRONTS_HOSTS (/etc/hosts): the names that squid knows
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

do_install() {
  install_packages nginx-light tinyproxy squid curl
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

# Debian's own login helpers. What it keeps of answers: nothing.
squid_config() {
  local d=$1 name=$2
  shift 2
  cat <<CONF
pid_filename $d/$name.pid
cache_log $d/$name.log
access_log none
cache deny all
coredump_dir $d
shutdown_lifetime 0 seconds
hosts_file ${FRONTS_HOSTS:-/etc/hosts}
visible_hostname squid.example
$(printf '%s\n' "$@")
CONF
}

start_squid() {
  local d=$1 port=$2 cert key
  read -r cert key < "$d/squid"
  # The helper reads Apache's kind of list; `openssl passwd` writes it.
  printf 'anna:%s\n' "$(openssl passwd -apr1 proxy-secret)" > "$d/squid.passwords"
  squid_config "$d" squid-basic \
    "http_port 127.0.0.1:$port name=open" \
    "http_port 127.0.0.1:$((port + 1)) name=login" \
    "http_port 127.0.0.1:$((port + 2)) name=closed" \
    "https_port 127.0.0.1:$((port + 4)) name=secure tls-cert=$cert tls-key=$key" \
    "auth_param basic program /usr/lib/squid/basic_ncsa_auth $d/squid.passwords" \
    'acl open myportname open' 'acl closed myportname closed' 'acl known proxy_auth REQUIRED' \
    'http_access deny closed' 'http_access allow open' 'http_access allow known' 'http_access deny all' > "$d/squid-basic.conf"
  squid_config "$d" squid-windows \
    "http_port 127.0.0.1:$((port + 3))" \
    'auth_param negotiate program /usr/lib/squid/negotiate_kerberos_auth' \
    'auth_param ntlm program /usr/lib/squid/ntlm_fake_auth' \
    'acl known proxy_auth REQUIRED' 'http_access allow known' 'http_access deny all' > "$d/squid-windows.conf"
  local name
  for name in squid-basic squid-windows; do
    : > "$d/$name.log"; chown proxy "$d/$name.log"
    # One shared memory for each name.
    setsid /usr/sbin/squid -N -n "${name#squid-}$port" -f "$d/$name.conf" </dev/null >"$d/$name.out" 2>&1 &
    echo $! >> "$d/pids"
  done
}

do_start() {
  local port=${1:?port} d=${2:?dir} i count
  d=$(cd "$d" && pwd); chmod 755 "$d"; : > "$d/pids"
  count=$(wc -l < "$d/doors")
  nginx_config "$d" "$port" "${FRONTS_LISTEN:-127.0.0.1}" > "$d/nginx.conf"
  setsid /usr/sbin/nginx -p "$d" -c "$d/nginx.conf" </dev/null >"$d/nginx.out" 2>&1 &
  echo $! >> "$d/pids"
  start_tinyproxy "$d" $((port + 10)) open
  start_tinyproxy "$d" $((port + 11)) login 'BasicAuth anna proxy-secret'
  start_squid "$d" $((port + 12))
  for i in $(seq 100); do
    curl -s -o /dev/null -k --max-time 2 "https://${FRONTS_LISTEN:-127.0.0.1}:$port/" &&
      curl -s -o /dev/null --max-time 2 "http://127.0.0.1:$((port + 10))/" &&
      curl -s -o /dev/null --max-time 2 "http://127.0.0.1:$((port + 11))/" &&
      curl -s -o /dev/null --max-time 2 "http://127.0.0.1:$((port + 12))/" &&
      curl -s -o /dev/null --max-time 2 "http://127.0.0.1:$((port + 15))/" && break
    sleep 0.1; [ "$i" = 100 ] && { cat "$d"/*.out "$d"/*.log >&2; do_stop "$d"; die "no answer on port $port"; }
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
