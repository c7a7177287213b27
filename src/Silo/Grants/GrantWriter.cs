using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Grants;

/// <summary>Gives grants and takes them back, each with its entry. Uses are counted by the append itself: <see cref="EntrySql"/>.</summary>
internal sealed class GrantWriter(LockedSubjects own)
{
    private const string Standing = """
        SELECT count(*) FROM ledger.grant_
        WHERE subject = $1 AND (until IS NULL OR until > $2) AND (uses_left IS NULL OR uses_left > 0)
        """;

    private const string Insert =
        "INSERT INTO ledger.grant_ (hash, subject, since, until, id, service, uses_left) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    // A limit on what is listed too: ended grants go, and of the used up all but the newest $3.
    private const string Forget = """
        DELETE FROM ledger.grant_ WHERE hash = ANY (ARRAY(SELECT hash FROM ledger.grant_ WHERE subject = $1 AND until <= $2))
            OR hash = ANY (ARRAY(
                SELECT hash FROM ledger.grant_ WHERE subject = $1 AND uses_left = 0 ORDER BY since DESC, id LIMIT ALL OFFSET $3))
        """;

    private const string Delete = "DELETE FROM ledger.grant_ WHERE id = $1 AND subject = $2";

    public Task<bool> Grant(byte[] locator, NewGrant grant, int countMax, CancellationToken cancellationToken) => own.With(
        locator, false,
        async (locked, subject, _) =>
        {
            await using (var counting = locked.Batch(Sql.Command(
                Standing, (subject.Value, NpgsqlDbType.Bigint), (grant.At.UtcDateTime, NpgsqlDbType.TimestampTz))))
            {
                if (await counting.ExecuteScalarAsync(cancellationToken) is not long standing || standing >= countMax) return false;
            }
            await locked.Run(cancellationToken, Sql.Command(
                Forget, (subject.Value, NpgsqlDbType.Bigint), (grant.At.UtcDateTime, NpgsqlDbType.TimestampTz),
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

    public Task<bool> Revoke(byte[] locator, string grant, EntryToAppend entry, CancellationToken cancellationToken) => own.With(
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
