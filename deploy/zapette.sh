#!/bin/sh
# The commands of Zapette for the systemd service, as root: zapette doctor, zapette export FILE, zapette import FILE.
# deploy/debian.sh puts this into /usr/local/bin/zapette.
set -eu
[ $# -gt 0 ] || set -- help
folder=/opt/zapette
DATA_DIR=/var/lib/zapette
export DATA_DIR
exec "$folder/node_modules/node/bin/node" --env-file-if-exists=/etc/zapette.env "$folder/dist/main.js" "$@"
