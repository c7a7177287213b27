#!/usr/bin/env bash
# Checks docs/openapi.json by the recommended rules of Redocly and Spectral, and shows that it gives TypeScript types that compile under
# strict. It needs npm and network, so ./test does not run it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

OPENAPI_TYPESCRIPT=7.13.0
TYPESCRIPT=5.9.3
REDOCLY=1.34.5
SPECTRAL=6.15.0

command -v npm >/dev/null || { echo "npm is missing. Install Node.js 20 or later." >&2; exit 2; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

printf '{ "private": true, "type": "module" }\n' >"$scratch/package.json"
npm install --prefix "$scratch" --no-audit --no-fund --loglevel=error \
    "openapi-typescript@$OPENAPI_TYPESCRIPT" "typescript@$TYPESCRIPT" \
    "@redocly/cli@$REDOCLY" "@stoplight/spectral-cli@$SPECTRAL" >/dev/null

# info-license: no licence has been granted. operation-4xx-response: a process that lives has no refusal.
cat >"$scratch/redocly.yaml" <<'YAML'
extends: [recommended]
rules:
  info-license: off
  operation-4xx-response: off
YAML
REDOCLY_TELEMETRY=off "$scratch/node_modules/.bin/redocly" lint docs/openapi.json --config "$scratch/redocly.yaml" --max-problems 1000

# oas3-operation-security-defined: OpenAPI 3.1 lets a bearer scheme name roles, and the rule is that of 3.0.
# info-contact: who answers for an installation is its operator; each programme names a contact.
cat >"$scratch/spectral.yaml" <<'YAML'
extends: ["spectral:oas"]
rules:
  oas3-operation-security-defined: off
  info-contact: off
YAML
"$scratch/node_modules/.bin/spectral" lint docs/openapi.json --ruleset "$scratch/spectral.yaml" --fail-severity warn
"$scratch/node_modules/.bin/openapi-typescript" docs/openapi.json --output "$scratch/api.d.ts" >/dev/null

# A small user of the types: a wrong member, or a missing one, must be an error too.
cat >"$scratch/use.ts" <<'TS'
import type { components, paths } from "./api.d.ts";

type Answer = paths["/v1/scores/query"]["post"]["responses"]["200"]["content"]["application/json"];
export const tier = (answer: Answer): string => answer.tier;
export const kind: components["schemas"]["EntryKind"] = "contest-opened";
// @ts-expect-error There is no such member.
export const wrong = (answer: Answer): unknown => answer.person;
TS
"$scratch/node_modules/.bin/tsc" --noEmit --strict --skipLibCheck false --target es2022 --module nodenext \
    --moduleResolution nodenext --allowImportingTsExtensions "$scratch/use.ts" "$scratch/api.d.ts"
echo "docs/openapi.json gives $(grep -c '' "$scratch/api.d.ts") lines of TypeScript types, which compile under strict."
