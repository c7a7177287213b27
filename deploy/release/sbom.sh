#!/usr/bin/env bash
# Writes a CycloneDX bill of materials for each process: every library that it brings along, with version, licence and hash.
#   deploy/release/sbom.sh FOLDER VERSION
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../tools/setup.sh"

folder=$1 version=$2
dotnet tool restore >/dev/null
while read -r name project; do
    dotnet CycloneDX "$project" -o "$folder" -fn "scoring-$name.json" -F Json -sn "scoring-$name" -sv "$version" -st Application \
        -ed --no-serial-number >/dev/null || { say "There is no bill of materials of $name."; exit 1; }
done <<'PARTS'
silo src/Silo/Silo.csproj
gateway src/Gateway/Gateway.csproj
portal src/Portal/Portal.csproj
bridge tools/Bridge/Bridge.csproj
verify tools/Verify/Verify.csproj
city tools/City/City.csproj
PARTS
