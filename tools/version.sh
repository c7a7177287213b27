#!/usr/bin/env bash
# Prints the version of this commit: that of its tag (v1.2.3 gives 1.2.3); otherwise a prerelease that is older than the next release
# and newer than the last one. A clone without tags or history counts what it has.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if exact=$(git describe --tags --exact-match --match 'v[0-9]*' 2>/dev/null); then
    printf '%s\n' "${exact#v}"
    exit 0
fi
last=$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null || true)
if [ -z "$last" ]; then
    printf '0.1.0-dev.%s\n' "$(git rev-list --count HEAD)"
    exit 0
fi
IFS=. read -r major minor _ <<<"${last#v}"
printf '%s.%s.0-dev.%s\n' "$major" $((minor + 1)) "$(git rev-list --count "$last..HEAD")"
