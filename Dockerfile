# Node from its official image, FFmpeg from Debian. Both stages are of the same Debian release, so that the copied
# Node finds the libraries it was with; change them together.
FROM node:24-trixie-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
# No install scripts: they would fetch a second Node. It stands in the way of the image's own, too.
RUN npm ci --ignore-scripts --no-audit --no-fund && rm -f node_modules/.bin/node
COPY . .
# The same tree as CI tries with both bots; then readable, whatever the umask of the machine that builds.
RUN node scripts/ship.ts /app && chmod -R a+rX /app && chmod a+x /app/bin/zapette.js

FROM debian:trixie-slim
# FFmpeg depends on drivers for 3D graphics that it never loads here, about 200 MB. Their packages count as installed,
# so that apt stays content, but these files of theirs are left out.
RUN printf 'path-exclude=/usr/lib/*/%s\n' 'libLLVM*' 'libgallium*' 'libz3.so*' 'dri/*' \
    > /etc/dpkg/dpkg.cfg.d/zapette \
  && apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ffmpeg tini \
  && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/log/apt /var/log/dpkg.log \
  # docker compose exec zapette zapette doctor
  && ln -s /app/bin/zapette.js /usr/local/bin/zapette \
  && useradd --uid 1000 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin zapette \
  && install -d -o 1000 -g 1000 -m 700 /data
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /app /app

ARG VERSION=dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Zapette" \
  org.opencontainers.image.description="The TV remote of a chat room: one shared, never-ending live channel" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="$VERSION" \
  org.opencontainers.image.revision="$REVISION" \
  org.opencontainers.image.base.name="docker.io/library/debian:trixie-slim"

# Threads share memory that the C library rarely gives back; what is as large as a segment is given back at once.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8002 DATA_DIR=/data
WORKDIR /app
USER 1000:1000
VOLUME /data
EXPOSE 8002
STOPSIGNAL SIGTERM
# Each check starts a Node, so seldom; while it starts, often, so that it counts as healthy at once.
HEALTHCHECK --interval=2m --timeout=10s --start-period=60s --start-interval=3s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# tini passes signals on and reaps what a killed FFmpeg may leave.
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "dist/main.js"]
