#!/bin/sh
# Run by the image of PostgreSQL when it makes its data.
set -eu
psql -U postgres -v ON_ERROR_STOP=1 -v password="$(cat "$SCORING_PASSWORD_FILE")" -f /scoring/database.sql
