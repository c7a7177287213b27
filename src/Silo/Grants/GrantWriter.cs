using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Grants;

/// <summary>Creates and revokes grants, each with its entry. The append itself counts their uses: <see cref="EntrySql.Queries"/>.</summary>
internal sealed class GrantWriter(LockedSubjects subjects)
{
    /// <summary>Counts a subject's grants that may still be used. Runs under the subject's lock. $1 subject, $2 now.</summary>
    private const string CountUsable = """
        SELECT count(*) FROM ledger.grant_
        WHERE subject = $1 AND (until IS NULL OR until > $2) AND (uses_left IS NULL OR uses_left > 0)
        """;

    /// <summary>
    /// Stores a grant. Runs under the subject's lock and locks its own new row. $1 hash, $2 subject, $3 since, $4 until, $5 id, $6 service,
    /// $7 uses.
    /// </summary>
    private const string Insert =
        "INSERT INTO ledger.grant_ (hash, subject, since, until, id, service, uses_left) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    /// <summary>
    /// Deletes a subject's ended grants, and its used-up grants except the newest, so that the list of grants stays short. Runs under the
    /// subject's lock and locks the rows. $1 subject, $2 now, $3 used-up grants that stay.
    /// </summary>
    private const string DeleteOld = """
        DELETE FROM ledger.grant_ WHERE hash = ANY (ARRAY(SELECT hash FROM ledger.grant_ WHERE subject = $1 AND until <= $2))
            OR hash = ANY (ARRAY(
                SELECT hash FROM ledger.grant_ WHERE subject = $1 AND uses_left = 0 ORDER BY since DESC, id LIMIT ALL OFFSET $3))
        """;

    /// <summary>Revokes a grant. Runs under the subject's lock and locks the row. $1 id, $2 subject.</summary>
    private const string Delete = "DELETE FROM ledger.grant_ WHERE id = $1 AND subject = $2";

    /// <summary>
    /// Creates a grant; returns <see langword="false"/> when the locator leads to no subject, or the subject has
    /// <paramref name="countMax"/> usable grants.
    /// </summary>
    public Task<bool> Grant(byte[] locator, NewGrant grant, int countMax, CancellationToken cancellationToken) => subjects.With(
        locator, false,
        async (locked, subject, _) =>
        {
            await using (var counting = locked.Batch(Sql.Command(
                CountUsable, (subject.Value, NpgsqlDbType.Bigint), (grant.At.UtcDateTime, NpgsqlDbType.TimestampTz))))
            {
                if (await counting.ExecuteScalarAsync(cancellationToken) is not long count || count >= countMax) return false;
            }
            await locked.Run(cancellationToken, Sql.Command(
                DeleteOld, (subject.Value, NpgsqlDbType.Bigint), (grant.At.UtcDateTime, NpgsqlDbType.TimestampTz),
                (countMax, NpgsqlDbType.Integer)));
            await locked.Run(cancellationToken, Sql.Command(
                Insert, (grant.Hash, NpgsqlDbType.Bytea), (subject.Value, NpgsqlDbType.Bigint),
                (grant.At.UtcDateTime, NpgsqlDbType.TimestampTz),
                (grant.Until is { } until ? until.UtcDateTime : DBNull.Value, NpgsqlDbType.TimestampTz),
                (grant.Id, NpgsqlDbType.Text), (grant.Service, NpgsqlDbType.Text),
                (grant.Uses is { } uses ? uses : DBNull.Value, NpgsqlDbType.Integer)));
            await locked.Append(cancellationToken, [(subject, grant.Entry)]);
            await locked.Commit();
            return true;
        },
        cancellationToken);

    /// <summary>Revokes a grant by its id; returns whether the subject had it.</summary>
    public Task<bool> Revoke(byte[] locator, string grant, EntryToAppend entry, CancellationToken cancellationToken) => subjects.With(
        locator, false,
        async (locked, subject, _) =>
        {
            if (await locked.Run(
                cancellationToken, Sql.Command(Delete, (grant, NpgsqlDbType.Text), (subject.Value, NpgsqlDbType.Bigint))) == 0)
                return false;
            await locked.Append(cancellationToken, [(subject, entry)]);
            await locked.Commit();
            return true;
        },
        cancellationToken);
}
