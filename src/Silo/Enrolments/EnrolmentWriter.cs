using NpgsqlTypes;
using Scoring.Handles;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>
/// Enrols subjects, and moves their handles to them. The participant's first locator determines the partition, so concurrent enrolments of
/// one participant in one programme wait for one lock. Handles are locked before partitions, because a handle that is not linked is in no
/// partition.
/// </summary>
internal sealed class EnrolmentWriter(LedgerDatabase database, LedgerHeads heads)
{
    /// <summary>
    /// The locators that are in use. It takes no lock: all enrolments with these locators hold the same partition's lock. $1 hashes.
    /// </summary>
    private const string Taken = "SELECT hash FROM ledger.locator WHERE hash = ANY ($1)";

    /// <summary>
    /// Stores an enrolment. Runs under the partition's lock and locks its own new row. $1 subject, $2 partition, $3 kind, $4 day, $5
    /// programme, $6 rule set, $7 ledger key, $8 version that is consented to.
    /// </summary>
    private const string InsertEnrolment = """
        INSERT INTO ledger.enrolment (subject, partition, kind, since, programme, rule_set, ledger_key, consented)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    /// <summary>
    /// Counts 1 when a programme is neither suspended nor ended. It takes no lock: to stop a programme locks every partition, so this
    /// cannot change while one is locked. $1 programme.
    /// </summary>
    private const string CountOpen = "SELECT count(*) FROM ledger.programme WHERE id = $1 AND NOT (suspended OR ended)";

    /// <summary>
    /// Stores the locator of an enrolment. Runs under the partition's lock and locks its own new row. $1 hash, $2 subject.
    /// </summary>
    private const string InsertLocator = "INSERT INTO ledger.locator (hash, subject) VALUES ($1, $2)";

    /// <summary>
    /// Enrols a subject under the first free locator; returns the locator's index, or <see langword="null"/> when none is free.
    /// </summary>
    /// <exception cref="HandleProofReplayedException">A handle is repeated or its proof is not newer than the stored one.</exception>
    /// <exception cref="LedgerUnavailableException">The programme is suspended or has ended.</exception>
    public async Task<int?> Enrol(NewEnrolment enrolment, CancellationToken cancellationToken)
    {
        var handles = HandleRows.Sorted(enrolment.Handles);
        var own = database.PartitionOf(enrolment.Locators[0]);
        await using var locked = await LockedTransaction.Open(
            database, heads, handles.Select(h => h.Hash),
            async locked => (await HandleRows.ReadLinked(locked, handles, cancellationToken)).Select(h => h.Partition).Append(own),
            cancellationToken);

        // The handles' locks keep other transactions from linking them, but a withdrawal may have unlinked one before the partitions' lock.
        var linked = await HandleRows.ReadLinked(locked, handles, cancellationToken);
        await RequireOpen(locked, enrolment.Programme, cancellationToken);
        if (await FreeLocator(locked, enrolment, cancellationToken) is not { } index) return null;
        HandleRows.RequireNewer(handles, linked);
        await Write(locked, enrolment, index, own, handles, linked, cancellationToken);
        await locked.Commit();
        return index;
    }

    private static async Task Write(
        LockedTransaction locked, NewEnrolment enrolment, int index, short own, NewHandle[] handles, List<LinkedHandle> linked,
        CancellationToken cancellationToken)
    {
        await locked.Run(
            cancellationToken,
            Sql.Command(
                InsertEnrolment, (enrolment.Subject.Value, NpgsqlDbType.Bigint), (own, NpgsqlDbType.Smallint),
                ((short)enrolment.Kind, NpgsqlDbType.Smallint), (enrolment.Day, NpgsqlDbType.Date),
                (enrolment.Programme.Value, NpgsqlDbType.Text), (enrolment.RuleSet, NpgsqlDbType.Text),
                (enrolment.LedgerKey, NpgsqlDbType.Bytea), (enrolment.Consented, NpgsqlDbType.Integer)),
            Sql.Command(
                InsertLocator, (enrolment.Locators[index], NpgsqlDbType.Bytea), (enrolment.Subject.Value, NpgsqlDbType.Bigint)));
        await HandleRows.Link(locked, enrolment.Subject, enrolment.At, handles, cancellationToken);
        await locked.Append(
            cancellationToken,
            [
                (enrolment.Subject, new EntryToAppend(EntryKind.Enrolled, Guid.NewGuid(), enrolment.Day, enrolment.Receipts[index])),
                .. HandleRows.Entries(enrolment.Subject, enrolment.Day, enrolment.Handles, linked),
            ]);
    }

    /// <summary>Refuses when the programme was stopped and this silo does not know it yet; a retry will find it in the rule book.</summary>
    private static async Task RequireOpen(LockedTransaction locked, ProgrammeId programme, CancellationToken cancellationToken)
    {
        await using var batch = locked.Batch(Sql.Command(CountOpen, (programme.Value, NpgsqlDbType.Text)));
        if (await batch.ExecuteScalarAsync(cancellationToken) is not 1L) throw new LedgerUnavailableException();
    }

    private static async Task<int?> FreeLocator(LockedTransaction locked, NewEnrolment enrolment, CancellationToken cancellationToken)
    {
        var taken = new List<byte[]>();
        await using var batch = locked.Batch(Sql.Command(Taken, (enrolment.Locators.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea)));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) taken.Add(reader.GetFieldValue<byte[]>(0));
        for (var i = 0; i < enrolment.Locators.Count; i++)
            if (!taken.Exists(hash => hash.AsSpan().SequenceEqual(enrolment.Locators[i]))) return i;
        return null;
    }
}
