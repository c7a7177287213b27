#!/usr/bin/env bash
# Builds the Debian packages of what deploy/publish.sh has published, into artifacts/debian.
#   deploy/debian/build.sh
# The same input gives the same bytes: every file has the time of the commit, and root owns it.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../tools/setup.sh"

input=$PWD/artifacts/deploy
output=$PWD/artifacts/debian
[ -f "$input/version" ] || { say "There is nothing published. Run deploy/publish.sh first."; exit 1; }
command -v dpkg-deb >/dev/null || { say "dpkg-deb is missing."; exit 1; }

# A prerelease sorts before its release: 0.2.0-dev.7 is 0.2.0~dev.7 to dpkg.
version=$(tr - '~' <"$input/version")
architecture=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT

# Puts a published folder into the package under construction.
take() {
    mkdir -p "$root/usr/lib/scoring"
    cp -R "$input/$1" "$root/usr/lib/scoring/$1"
    find "$root/usr/lib/scoring/$1" -type f -exec chmod 644 {} +
    find "$root/usr/lib/scoring/$1" -type d -exec chmod 755 {} +
}

# Adds a command that runs a program: name, folder, assembly.
command_of() {
    mkdir -p "$root/usr/bin"
    printf '#!/bin/sh\nexec /usr/lib/scoring/dotnet/dotnet /usr/lib/scoring/%s/%s.dll "$@"\n' "$2" "$3" >"$root/usr/bin/$1"
    chmod 755 "$root/usr/bin/$1"
}

# Adds account, folders and the scripts of a package that has a unit.
service() {
    install -D -m 644 deploy/systemd/"$1" "$root/usr/lib/systemd/system/$1"
    install -D -m 644 "deploy/systemd/$name.sysusers" "$root/usr/lib/sysusers.d/$name.conf"
    install -D -m 644 "deploy/systemd/$name.tmpfiles" "$root/usr/lib/tmpfiles.d/$name.conf"
    local script
    for script in postinst prerm postrm; do
        sed -e "s/@NAME@/$name/g" "deploy/debian/$script" >"$root/DEBIAN/$script"
        chmod 755 "$root/DEBIAN/$script"
    done
}

# Adds a file of settings, which dpkg never overwrites once it was changed.
settings() {
    install -D -m 644 "deploy/config/$1" "$root/etc/scoring/$1"
    printf '/etc/scoring/%s\n' "$1" >>"$root/DEBIAN/conffiles"
}

documents() {
    local document
    for document in "$@"; do install -D -m 644 "$document" "$root/usr/share/doc/$name/$(basename "$document")"; done
}

begin() {
    name=$1
    root=$staging/$name
    mkdir -p "$root/DEBIAN"
    documents CHANGELOG.md
}

# Writes the control file and builds: dependencies, one line, and a longer text.
finish() {
    cat >"$root/DEBIAN/control" <<CONTROL
Package: $name
Version: $version
Architecture: $architecture
Section: misc
Priority: optional
Maintainer: Scoring <operations@scoring.invalid>
Installed-Size: $(du -k -s "$root" --exclude DEBIAN | cut -f1)
Depends: $1
Description: $2
 $3
CONTROL
    chmod -R u=rwX,go=rX "$root"
    find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
    dpkg-deb --root-owner-group -Zzstd --build "$root" "$output/${name}_${version}_$architecture.deb" >/dev/null
    rm -rf "$root"
}

runtime="scoring-dotnet (= $version)"
units='systemd (>= 250)'
rm -rf "$output"
mkdir -p "$output"

begin scoring-dotnet
take dotnet
chmod 755 "$root/usr/lib/scoring/dotnet/dotnet"
install -D -m 755 deploy/debian/scoring-check "$root/usr/bin/scoring-check"
finish 'libc6 (>= 2.34), libgcc-s1, libstdc++6, libssl3 | libssl3t64, ca-certificates, tzdata' 'runtime of the Scoring platform' \
    "The .NET runtime $(cat "$input/dotnet.version") that all Scoring processes of this machine share."

begin scoring-silo
take silo
command_of scoring-silo silo Scoring.Silo
service scoring-silo@.service
settings silo.env
mkdir -p "$root/usr/share/scoring"
install -m 644 deploy/postgres/*.sql deploy/certificates.sh "$root/usr/share/scoring/"
install -D -m 644 -t "$root/usr/share/scoring/monitoring" deploy/monitoring/prometheus.yml deploy/monitoring/scoring.rules.yml deploy/monitoring/*.json
documents docs/deploy.md docs/first-day.md docs/operations.md docs/runbooks.md docs/configuration.md
finish "$runtime, $units, openssl" 'silo of the Scoring platform' 'Holds the grains and writes the ledger in PostgreSQL.'

begin scoring-gateway
take gateway
service scoring-gateway.service
settings gateway.env
documents docs/deploy.md docs/operations.md docs/api.md
finish "$runtime, $units" 'gateway of the Scoring platform' 'The HTTP API, in front of the silos.'

begin scoring-portal
take portal
service scoring-portal.service
settings portal.env
documents docs/deploy.md docs/portal.md docs/keycloak-realm.json
finish "$runtime, $units" 'portal of the Scoring platform' 'The web application for participants, administrators and auditors.'

begin scoring-bridge
take bridge
service scoring-bridge@.service
documents docs/deploy.md docs/bridge.md
finish "$runtime, $units" 'bridge of the Scoring platform' "Carries a source's events from Kafka, MQTT or a folder to the platform."

begin scoring-tools
take verify
take city
command_of scoring-verify verify Scoring.Verify
command_of scoring-city city Scoring.City
documents docs/verify.md
finish "$runtime" 'tools of the Scoring platform' 'Check what the platform hands out, and use the platform as a client.'

(cd "$output" && sha256sum -- *.deb >SHA256SUMS)
ls -l "$output" >&2
