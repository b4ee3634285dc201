# Every command of the project. Without just: `npx -y rust-just RECIPE`.

deskwire := "cargo run --package app --bin deskwire --"
with_services := "exec node scripts/services.mjs --"

# List the recipes
default:
    @{{ just_executable() }} --justfile {{ quote(justfile()) }} --list --unsorted

# Build the web app and start Deskwire on http://localhost:8080
[group('run')]
run *arguments: web
    {{ deskwire }} {{ arguments }}

# Start the server and Vite, which reloads the web app as it changes
[group('run')]
dev: _web-packages
    exec node scripts/dev.mjs

# Fill an empty database with believable data
[group('run')]
demo:
    {{ deskwire }} demo

# Migrate the database: up, down or status
[group('run')]
migrate action="up":
    {{ deskwire }} migrate {{ action }}

# Keep MySQL and Redis running and print their addresses
[group('run')]
services:
    exec node scripts/services.mjs

# Check formats, types and lints, within seconds once built
[group('test')]
check:
    node scripts/test.mjs check

# Run everything, or the groups named: check, rust, chaos, web, e2e
[group('test')]
test *groups:
    {{ with_services }} node scripts/test.mjs {{ groups }}

# Run the Rust checks and tests
[group('test')]
test-rust: (test "rust")

# Run the web app's checks and tests
[group('test')]
test-web:
    node scripts/test.mjs web

# Run the browser tests
[group('test')]
e2e: (test "e2e")

# Take the pictures of docs/screenshots
[group('test')]
screenshots: web
    cargo build --package app --bin deskwire
    CHROMIUM_PATH="$(node scripts/chromium.mjs)" npm --prefix web run screenshots

# Measure the sign-in page and the list with Lighthouse, which npx fetches
[group('test')]
lighthouse: web
    cargo build --release --package app --bin deskwire
    CHROMIUM_PATH="$(node scripts/chromium.mjs)" DESKWIRE_BIN="$PWD/target/release/deskwire" npm --prefix web run lighthouse

# Measure the console on a desk of 100,000 tickets, or of as many as DESKWIRE_SCALE says
[group('test')]
scale: web
    cargo build --release --package app --bin deskwire
    CHROMIUM_PATH="$(node scripts/chromium.mjs)" DESKWIRE_BIN="$PWD/target/release/deskwire" npm --prefix web run scale

# Break a whole installation under load and check its promises; try --help
[group('test')]
chaos *options:
    {{ with_services }} cargo run --quiet --package chaos -- {{ options }}

# Run Autobahn's cases against the sockets (needs bash and python3; fetches kosoku, which runs them, from PyPI)
[group('test')]
conformance:
    #!/usr/bin/env bash
    set -euo pipefail
    cargo build --package app --example echo
    python3 -m venv target/conformance
    target/conformance/bin/pip install --quiet kosoku==0.1.0
    # As large as the largest of the cases; the product takes no more than 64 KiB.
    target/debug/examples/echo 127.0.0.1:9001 16777216 &
    trap "kill $!" EXIT
    until (: > /dev/tcp/127.0.0.1/9001) 2> /dev/null; do :; done
    # Not the chapters on compression, which the sockets do not offer.
    target/conformance/bin/kosoku --exclude '12.*' --exclude '13.*' --outdir target/conformance/reports 127.0.0.1:9001

# Check the licences and versions of the dependencies (needs cargo-deny)
[group('test')]
deny:
    cargo deny check bans licenses sources

# Format the code and fix what the linters can fix
[group('build')]
fmt: _web-packages
    cargo fmt --all
    npm --prefix web run lint -- --fix

# Write web/openapi.json and the web app's types from the code
[group('build')]
openapi: _web-packages
    cargo run --quiet --package app --bin deskwire -- openapi > web/openapi.json.new
    mv web/openapi.json.new web/openapi.json
    npm --prefix web run gen

# Build the web app into web/dist
[group('build')]
web: _web-packages
    npm --prefix web run build

# Build the one binary for release, with the web app in it
[group('build')]
release: web
    cargo build --release --locked --package app --bin deskwire

_web-packages:
    @node scripts/web-packages.mjs
