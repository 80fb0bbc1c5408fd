#!/bin/bash
# The CalDAV and WebDAV clients that are held against the practice server, from the Debian packages.
#
#   practice-clients.sh install
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
PACKAGES=(python3-caldav vdirsyncer litmus curl)

do_install() {
  install_packages "${PACKAGES[@]}"
}

case ${1:-} in
  install) do_install ;;
  *) echo "usage: practice-clients.sh install" >&2; exit 2 ;;
esac
