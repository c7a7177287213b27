#!/usr/bin/env bash
# Draws what compose.yaml needs: keys, passwords, certificates, and the realm of the identity provider. What is there is kept.
#   deploy/containers/prepare.sh
# Back up deploy/containers/installation/platform-keys and erasures, apart from each other and from the database.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../tools/setup.sh"

folder=$PWD/deploy/containers/installation
umask 077
mkdir -p "$folder/erasures"

draw() { openssl rand -hex 24; }
once() { [ -e "$folder/$1" ] || cat >"$folder/$1"; }

draw | once postgres-password
draw | once scoring-password
draw | once Portal__SignIn__ClientSecret
connection="Host=postgres;Username=scoring;Database=scoring;Password=$(cat "$folder/scoring-password")"
printf '%s' "$connection" | once Storage__ConnectionString
printf '%s' "$connection" | once Cluster__ConnectionString
deploy/certificates.sh "$folder/tls" silo gateway
[ -e "$folder/platform-keys" ] || artifacts/deploy/dotnet/dotnet artifacts/deploy/silo/Scoring.Silo.dll create-keys "$folder/platform-keys"
sed -e 's|https://scoring.city.example|http://localhost:5081|' \
    -e "s|replace-with-32-random-bytes-and-keep-them|$(draw)|" \
    -e "s|\"clientAuthenticatorType\": \"client-secret\",|&\n      \"secret\": \"$(cat "$folder/Portal__SignIn__ClientSecret")\",|" \
    docs/keycloak-realm.json | once realm.json

# The processes run as the account that owns these files, and never as root.
owner=$(id -u):$(id -g)
if [ "$(id -u)" -eq 0 ]; then
    owner=10001:10001
    chown -R "$owner" "$folder"
fi
# Keycloak and PostgreSQL run as accounts of their own.
chmod 711 "$folder"
chmod 644 "$folder/realm.json" "$folder/postgres-password" "$folder/scoring-password"
[ -e deploy/containers/.env ] || printf '%s\n' COMPOSE_PROJECT_NAME=scoring "SCORING_UID=${owner%:*}" "SCORING_GID=${owner#*:}" \
    "SCORING_VERSION=$(cat artifacts/deploy/version)" "KEYCLOAK_PASSWORD=$(draw)" >deploy/containers/.env
