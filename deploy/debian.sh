#!/bin/sh
# Installs Zapette as a service on Debian 13, and later brings it up to date. As root:
#
#   git clone <address of this repository> /opt/zapette
#   sh /opt/zapette/deploy/debian.sh              # the newest version
#   sh /opt/zapette/deploy/debian.sh <version>    # a tag or a branch
#
# It builds in /opt/zapette.next while the server goes on, then puts that folder in the place of /opt/zapette and restarts
# the server. The former version stays in /opt/zapette.former.
set -eu

folder=/opt/zapette
next=$folder.next
former=$folder.former

# Says a sentence in the language of the shell: English, then French.
say() {
  case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
    fr*) printf '%s\n' "$2" ;;
    *) printf '%s\n' "$1" ;;
  esac
}

fail() {
  say "$@" >&2
  exit 1
}

[ "$(id -u)" -eq 0 ] || fail 'Run this as root.' 'Lancez ceci en tant que root.'
origin=$(git -C "$folder" remote get-url origin) ||
  fail "Clone Zapette into $folder first." "Clonez d’abord Zapette dans $folder."

apt-get update
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates git nodejs npm ffmpeg
[ "$(node --print 'parseInt(process.versions.node)')" -ge 20 ] ||
  fail 'This Node is too old to install Zapette: use Debian 13.' \
    'Ce Node est trop ancien pour installer Zapette : prenez Debian 13.'

rm -rf "$next"
git clone ${1:+--branch "$1"} "$origin" "$next"
cd "$next"
npm ci --no-audit --no-fund
# The build tools are half a gigabyte.
npm prune --omit=dev --no-audit --no-fund
[ -x node_modules/node/bin/node ] ||
  fail 'npm could not fetch Node for this machine: its lines above say why.' \
    "npm n’a pas pu installer Node pour cette machine : ses lignes ci-dessus disent pourquoi."

cd /
rm -rf "$former"
mv "$folder" "$former"
mv "$next" "$folder"
install -m 644 "$folder/deploy/zapette.service" "$folder/deploy/zapette.socket" /etc/systemd/system/
# Versions up to 0.2 have no commands.
[ ! -f "$folder/deploy/zapette.sh" ] || install -m 755 "$folder/deploy/zapette.sh" /usr/local/bin/zapette
systemctl daemon-reload
systemctl enable zapette
began=$(date +%s)
systemctl restart zapette

log() { journalctl -u zapette -o cat --since "@$began" --no-pager; }
tries=30
until log | grep -q 'Zapette is on' || [ "$tries" -eq 0 ]; do
  tries=$((tries - 1))
  sleep 1
done
# Of a first start, with its link.
sleep 1
log
[ "$tries" -gt 0 ] || fail 'Zapette does not start: its lines above say why.' \
  'Zapette ne démarre pas : ses lignes ci-dessus disent pourquoi.'
