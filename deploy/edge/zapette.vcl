vcl 4.1;

import std;

# An edge of Zapette for Varnish: keeps segments, and live playlists where PLAYLIST_CACHE_SECONDS lets it. Zapette checks the
# signed prefix of what is not kept here yet; whoever does not know a valid one gets nothing that is kept.

backend zapette {
  .host = "127.0.0.1";
  .port = "8002";
  .connect_timeout = 2s;
  .first_byte_timeout = 15s;
  .probe = {
    .url = "/health";
    .interval = 2s;
    .timeout = 2s;
  }
}

sub vcl_recv {
  # Nothing but what edges may keep is served here.
  if (req.method != "GET" && req.method != "HEAD") {
    return (synth(405));
  }
  if (req.url !~ "^/e/[A-Za-z0-9_-]+/[0-9]+/(check$|[a-z0-9-]+/(540p/)?([0-9]+\.ts|(index|vlc|page|page-[0-9]+)\.m3u8)(\?|$))") {
    return (synth(404));
  }
  # Neither cookies nor queries change the answer.
  unset req.http.Cookie;
  set req.url = regsub(req.url, "\?.*$", "");
  if (req.url ~ "/check$") {
    return (pass);
  }
  # While a new playlist is fetched, an old one is shown, but not to whoever comes after a pause.
  if (std.healthy(req.backend_hint)) {
    set req.grace = 2s;
  }
  return (hash);
}

sub vcl_hash {
  # Whatever name people ask for.
  hash_data(req.url);
  return (lookup);
}

sub vcl_backend_response {
  # A segment that is asked for a moment early is there a moment later.
  if (beresp.status != 200) {
    set beresp.ttl = 0s;
    set beresp.grace = 0s;
    set beresp.uncacheable = false;
    return (deliver);
  }
  # Longer than the channel goes back, nothing is asked for.
  if (beresp.ttl > 10m) {
    set beresp.ttl = 10m;
  }
  # While home does not answer, a playlist is shown for longer.
  set beresp.grace = 1m;
}
