#!/bin/bash
# The CalDAV and WebDAV clients that are held against the practice server, from the Debian packages.
#
#   practice-clients.sh install
set -euo pipefail
PACKAGES=(python3-caldav vdirsyncer litmus curl)

do_install() {
  export DEBIAN_FRONTEND=noninteractive
  local need=() p
  for p in "${PACKAGES[@]}"; do
    dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || need+=("$p")
  done
  if [ ${#need[@]} -gt 0 ]; then
    apt-get install -y --no-install-recommends "${need[@]}" >&2 || {
      apt-get update >&2; apt-get install -y --no-install-recommends "${need[@]}" >&2; }
  fi
}

case ${1:-} in
  install) do_install ;;
  *) echo "usage: practice-clients.sh install" >&2; exit 2 ;;
esac
