# syntax=docker/dockerfile:1
# Builds the web app and the one binary that serves it, into a small image that runs as a normal user.

FROM node:22-bookworm-slim AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY web ./
RUN npm run build

FROM rust:1.95-bookworm AS server
WORKDIR /src
COPY . .
COPY --from=web /src/web/dist web/dist
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --package app --bin deskwire \
    && cp target/release/deskwire /usr/local/bin/

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 deskwire \
    && install --directory --owner deskwire --mode 0700 /data
COPY --from=server /usr/local/bin/deskwire /usr/local/bin/
ENV DESKWIRE_LISTEN=0.0.0.0:8080 DESKWIRE_DATA_DIR=/data
USER deskwire
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["deskwire"]
CMD ["serve"]
