#!/usr/bin/env bash
# Builds the images of what deploy/publish.sh has published, with buildah, podman or docker, whichever is there.
#   deploy/containers/build.sh [PREFIX]       the images are PREFIX-silo:VERSION and so on; PREFIX is localhost/scoring by default
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../tools/setup.sh"

prefix=${1:-localhost/scoring}
version=$(cat artifacts/deploy/version)
deploy/containers/base.sh

if command -v buildah >/dev/null; then image() { buildah build --layers=false "$@"; }
elif command -v podman >/dev/null; then image() { podman build "$@"; }
elif command -v docker >/dev/null; then image() { docker build "$@"; }
else say "Install buildah, podman or docker."; exit 1
fi

image -q -t "$prefix-base:$version" -f deploy/containers/Containerfile.base artifacts/containers
for name in silo gateway portal bridge; do
    image -q --build-arg "BASE=$prefix-base:$version" -t "$prefix-$name:$version" -f "deploy/containers/Containerfile.$name" artifacts/deploy
done
