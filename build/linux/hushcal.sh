#!/bin/sh
# The command line: the runtime of the window, as plain Node. It opens no window and needs no display.
ELECTRON_RUN_AS_NODE=1 exec /usr/lib/hushcal/hushcal /usr/lib/hushcal/resources/app.asar/out/main/cli.cjs "$@"
