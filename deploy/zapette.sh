#!/bin/sh
# The commands of Zapette for the systemd service, as root: zapette doctor, zapette export FILE, zapette import FILE.
# deploy/debian.sh puts this into /usr/local/bin/zapette.
set -eu
[ $# -gt 0 ] || set -- help
folder=/opt/zapette
DATA_DIR=/var/lib/zapette
export DATA_DIR
set -- "$folder/dist/main.js" "$@"
[ ! -f /etc/zapette.env ] || set -- --env-file=/etc/zapette.env "$@"
exec "$folder/node_modules/node/bin/node" "$@"
