#!/usr/bin/env bash
# Makes a release of this commit in artifacts/release: packages, bills of materials, licences, and signed checksums.
#   SCORING_SIGNING_KEY=FILE tools/release.sh      the commit must have a tag v1.2.3, and nothing may be changed
#   tools/release.sh --check                       builds this commit twice, in two folders, and compares each byte; signs nothing
# FILE is an SSH key (ssh-keygen -t ed25519) that never lies in the repository.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

# Builds a clean copy of the commit in a folder.
build_copy() {
    rm -rf "$1"
    git clone -q --no-hardlinks --no-checkout . "$1"
    git -C "$1" -c advice.detachedHead=false checkout -q "$(git rev-parse HEAD)"
    "$1/deploy/publish.sh" "$version"
    "$1/deploy/debian/build.sh"
}

hashes() { (cd "$1/artifacts" && find deploy debian -type f ! -name version -print0 | sort -z | xargs -0 sha256sum); }

version=$(tools/version.sh)
if [ "${1:-}" = --check ]; then
    folder=$PWD/artifacts/reproduce
    rm -rf "$folder"
    mkdir -p "$folder/one" "$folder/another-folder/with-a-longer-name"
    build_copy "$folder/one/source"
    build_copy "$folder/another-folder/with-a-longer-name/source"
    hashes "$folder/one/source" >"$folder/one.txt"
    hashes "$folder/another-folder/with-a-longer-name/source" >"$folder/two.txt"
    if ! diff "$folder/one.txt" "$folder/two.txt" >"$folder/differences.txt"; then
        cat "$folder/differences.txt"
        say "The two builds differ."
        exit 1
    fi
    printf 'Two builds in two folders are the same: %s files.\n' "$(wc -l <"$folder/one.txt")"
    exit 0
fi

[ -n "${SCORING_SIGNING_KEY:-}" ] && [ -f "$SCORING_SIGNING_KEY" ] || { say "SCORING_SIGNING_KEY must name the key that signs."; exit 2; }
case $(realpath "$SCORING_SIGNING_KEY") in "$PWD"/*) say "The key that signs lies in the repository. Keep it elsewhere."; exit 2 ;; esac
git describe --tags --exact-match --match 'v[0-9]*' >/dev/null 2>&1 || { say "This commit has no tag such as v1.2.3."; exit 2; }
[ -z "$(git status --porcelain)" ] || { say "Something is changed that is not committed."; exit 2; }
grep -q "^## $version" CHANGELOG.md || { say "CHANGELOG.md has no section of $version."; exit 2; }

release=$PWD/artifacts/release
rm -rf "$release"
mkdir -p "$release/sbom"
deploy/publish.sh "$version"
deploy/debian/build.sh
cp artifacts/debian/*.deb CHANGELOG.md "$release/"
deploy/release/licences.sh >"$release/licences.txt"
deploy/release/sbom.sh "$release/sbom" "$version"
cd "$release"
find . -type f ! -name 'SHA256SUMS*' -printf '%P\n' | sort | xargs sha256sum >SHA256SUMS
ssh-keygen -q -Y sign -f "$SCORING_SIGNING_KEY" -n scoring-release SHA256SUMS
printf 'Release %s is in %s.\n' "$version" "$release"
