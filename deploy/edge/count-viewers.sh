#!/bin/sh
# Tells home every 15 seconds how many players fetch the playlist of each screen from this edge. It reads the edge's log,
# lines of path, address and user agent, and empties it each time: addresses stay here, and in memory.
# ORIGIN_HOST and EDGE_SECRET as for the edge; EDGE_NAME, where several edges have the same host name.
log=${VIEWERS_LOG:-/var/log/zapette/viewers.log}
edge=${EDGE_NAME:-$(hostname)}

while sleep "${EVERY:-15}"; do
  [ -f "$log" ] || continue
  # The watch page's own playlist, page.m3u8, is not counted: the page tells home itself.
  viewers=$(awk '
    $1 ~ /^\/e\/[^\/]+\/[0-9]+\/[a-z0-9-]+\/(540p\/)?(index|vlc)\.m3u8$/ {
      split($1, part, "/")
      player = $0
      sub(/^[^ ]+ /, "", player)
      if (!seen[part[5] " " player]++) count[part[5]]++
    }
    END { for (screen in count) { printf "%s\"%s\":%d", comma, screen, count[screen]; comma = "," } }
  ' "$log")
  : >"$log"
  [ -n "$EDGE_SECRET" ] || continue
  expires=$(($(date +%s) + 300))
  signature=$(printf 'viewers %s %s' "$expires" "$EDGE_SECRET" | sha256sum | cut -c 1-64)
  timeout 5 wget -q -O /dev/null --header 'Content-Type: application/json' \
    --post-data "{\"edge\":\"$edge\",\"viewers\":{$viewers}}" \
    "http://$ORIGIN_HOST/e/$signature/$expires/viewers" ||
    echo "Zapette at $ORIGIN_HOST did not take the count of viewers: is EDGE_SECRET the same there, and the time right?" >&2
done
