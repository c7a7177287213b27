#!/usr/bin/env bash
# Shows that docs/openapi.json gives TypeScript types that compile under strict. It needs npm and network, so ./test does not run it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

OPENAPI_TYPESCRIPT=7.13.0
TYPESCRIPT=5.9.3

command -v npm >/dev/null || { echo "npm is missing. Install Node.js 20 or later." >&2; exit 2; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

printf '{ "private": true, "type": "module" }\n' >"$scratch/package.json"
npm install --prefix "$scratch" --no-audit --no-fund --loglevel=error \
    "openapi-typescript@$OPENAPI_TYPESCRIPT" "typescript@$TYPESCRIPT" >/dev/null
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
