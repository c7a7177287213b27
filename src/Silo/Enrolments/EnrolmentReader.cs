using NpgsqlTypes;
using Scoring.Handles;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>Reads enrolments, handles and grants. No statement takes a lock, because a read decides nothing.</summary>
internal sealed class EnrolmentReader(LedgerDatabase database, ProgrammeClock clock)
{
    /// <summary>The enrolments that locators lead to, with the index of the locator from 1. No lock. $1 hashes.</summary>
    private const string ByLocators = """
        SELECT i.n::integer, e.subject, e.kind, e.programme, e.rule_set, e.since, e.consented, e.restricted
        FROM unnest($1) WITH ORDINALITY AS i (hash, n)
        CROSS JOIN LATERAL (SELECT subject FROM ledger.locator WHERE hash = i.hash OFFSET 0) l
        CROSS JOIN LATERAL (
            SELECT subject, kind, programme, rule_set, since, consented, restricted
            FROM ledger.enrolment WHERE subject = l.subject OFFSET 0) e
        ORDER BY i.n
        """;

    /// <summary>
    /// The locator, by its index from 1, of the subject under a rule set whose handles are exactly these, each linked by the same proof. No
    /// lock. $1 locators, $2 rule set, $3 hashes of handles, $4 their times of proof.
    /// </summary>
    private const string ByProofs = """
        SELECT i.n::integer FROM unnest($1) WITH ORDINALITY AS i (hash, n)
        CROSS JOIN LATERAL (SELECT subject FROM ledger.locator WHERE hash = i.hash OFFSET 0) l
        CROSS JOIN LATERAL (SELECT rule_set FROM ledger.enrolment WHERE subject = l.subject OFFSET 0) e
        CROSS JOIN LATERAL (
            SELECT count(*) AS linked, count(*) FILTER (WHERE EXISTS (
                SELECT FROM unnest($3, $4) AS p (hash, proved_at) WHERE p.hash = h.hash AND p.proved_at = h.proved_at)) AS proved
            FROM ledger.handle h WHERE h.subject = l.subject) AS c
        WHERE e.rule_set = $2 AND c.linked = cardinality($3) AND c.proved = c.linked
        """;

    /// <summary>A subject's handles, oldest first. No lock. $1 subject.</summary>
    private const string Handles = "SELECT id, source, started_at FROM ledger.handle WHERE subject = $1 ORDER BY started_at, id";

    /// <summary>A subject's grants that have not ended, oldest first. No lock. $1 subject, $2 now.</summary>
    private const string Grants = """
        SELECT id, service, since, until, uses_left FROM ledger.grant_
        WHERE subject = $1 AND (until IS NULL OR until > $2) ORDER BY since, id
        """;

    public async Task<IReadOnlyList<(int Index, EnrolmentRecord Enrolment)>> Find(
        IReadOnlyList<byte[]> locators, CancellationToken cancellationToken)
    {
        var found = new List<(int, EnrolmentRecord)>();
        await using var command = Sql.Command(database.Readers, ByLocators, (locators.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add((reader.GetInt32(0) - 1, new EnrolmentRecord(
                new SubjectId(reader.GetInt64(1)), (SubjectKind)reader.GetInt16(2), ProgrammeId.Parse(reader.GetString(3)),
                reader.GetString(4), reader.GetFieldValue<DateOnly>(5), reader.GetInt32(6)) { Restricted = reader.GetBoolean(7) }));
        }
        return found;
    }

    public async Task<int?> FindEnrolled(NewEnrolment enrolment, CancellationToken cancellationToken)
    {
        var handles = enrolment.Handles;
        await using var command = Sql.Command(
            database.Readers, ByProofs, (enrolment.Locators.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea),
            (enrolment.RuleSet, NpgsqlDbType.Text),
            (handles.Select(handle => handle.Hash).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea),
            (handles.Select(handle => HandleRows.Micros(handle.ProvedAt)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz));
        return await command.ExecuteScalarAsync(cancellationToken) is int index ? index - 1 : null;
    }

    public async Task<IReadOnlyList<HandleView>> HandlesOf(SubjectId subject, CancellationToken cancellationToken)
    {
        var handles = new List<HandleView>();
        await using var command = Sql.Command(database.Readers, Handles, (subject.Value, NpgsqlDbType.Bigint));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            handles.Add(new HandleView(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return handles;
    }

    public async Task<IReadOnlyList<GrantView>> GrantsOf(SubjectId subject, CancellationToken cancellationToken)
    {
        var grants = new List<GrantView>();
        await using var command = Sql.Command(
            database.Readers, Grants, (subject.Value, NpgsqlDbType.Bigint), (clock.Now.UtcDateTime, NpgsqlDbType.TimestampTz));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            grants.Add(new GrantView(
                reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2),
                reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3))
            {
                UsesLeft = reader.IsDBNull(4) ? null : reader.GetInt32(4),
            });
        }
        return grants;
    }
}
