#!/usr/bin/env bash
# Prints the licence of each library that deploy/publish.sh has published: licence, name, version, and which processes use it.
# Fails on a licence that decision 0012 does not allow.
#   deploy/release/licences.sh
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../tools/setup.sh"

need_jq

packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
# Libraries whose package names a file or an address in place of a licence: name and licence, as read in the package itself.
known=deploy/release/licences.txt
refused=0

# Library, version and process, as the published programs name them.
libraries() {
    local file
    for file in artifacts/deploy/*/*.deps.json; do
        jq -r --arg process "$(basename "$(dirname "$file")")" \
            '.libraries | to_entries[] | select(.value.type == "package") | "\(.key | sub("/"; " ")) \($process)"' "$file"
    done
}

# The licence that a package states.
licence_of() {
    local file=$packages/${1,,}/$2/${1,,}.nuspec
    [ -f "$file" ] || { printf 'unknown\n'; return; }
    local stated
    stated=$(sed -nE 's|.*<license type="expression">([^<]+)</license>.*|\1|p' "$file" | head -1)
    [ -n "$stated" ] || stated=$(awk -v name="$1" '$1 == name { $1 = ""; sub(/^ +/, ""); print; exit }' "$known")
    printf '%s\n' "${stated:-unknown}"
}

# Whether one of the alternatives of a licence is allowed.
allowed() {
    local one
    while read -r one; do
        case $one in MIT | Apache-2.0 | BSD-2-Clause | BSD-3-Clause | PostgreSQL) return 0 ;; esac
    done <<<"${1// OR /$'\n'}"
    return 1
}

while read -r name version processes; do
    licence=$(licence_of "$name" "$version")
    if ! allowed "$licence"; then
        say "The licence of $name $version is not allowed: $licence."
        refused=$((refused + 1))
    fi
    printf '%-20s %-60s %-20s %s\n' "$licence" "$name" "$version" "$processes"
done < <(libraries | sort -u | awk '{key = $1 " " $2; uses[key] = uses[key] " " $3} END {for (key in uses) print key uses[key]}' | sort)
printf '%-20s %-60s %-20s %s\n' MIT '.NET runtime' "$(cat artifacts/deploy/dotnet.version)" all
[ "$refused" -eq 0 ]
