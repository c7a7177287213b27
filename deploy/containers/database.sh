#!/bin/sh
# Run by the image of PostgreSQL when it makes its data.
set -eu
{ printf '\\set password %s\n' "$(cat "$SCORING_PASSWORD_FILE")"; cat /scoring/database.sql; } | psql -U postgres -v ON_ERROR_STOP=1
