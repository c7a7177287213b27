using System.Buffers.Binary;
using NpgsqlTypes;
using Scoring.Handles;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>
/// Enrols, and moves handles here. The partition is drawn from the participant's first locator, so one participant's enrolments in one
/// programme wait for one lock. Handles are locked before partitions: a handle that nobody has yet is in none.
/// </summary>
internal sealed class EnrolmentWriter(LedgerDatabase database, LedgerHeads heads, int partitionCount)
{
    private const string Taken = "SELECT hash FROM ledger.locator WHERE hash = ANY ($1)";

    private const string InsertEnrolment = """
        INSERT INTO ledger.enrolment (subject, partition, kind, since, programme, rule_set, ledger_key, consented)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    // Who stops a programme locks every partition: while ours is locked, this stays as it is.
    private const string Open = "SELECT count(*) FROM ledger.programme WHERE id = $1 AND NOT (suspended OR ended)";

    private const string InsertLocator = "INSERT INTO ledger.locator (hash, subject) VALUES ($1, $2)";

    public async Task<int?> Enrol(NewEnrolment enrolment, CancellationToken cancellationToken)
    {
        var handles = HandleRows.Sorted(enrolment.Handles);
        var own = (short)(BinaryPrimitives.ReadUInt16BigEndian(enrolment.Locators[0]) % partitionCount);
        await using var locked = await LockedTransaction.Open(
            database, heads, handles.Select(h => h.Hash),
            async locked => (await HandleRows.Now(locked, handles, cancellationToken)).Select(h => h.Partition).Append(own),
            cancellationToken);

        // Nobody links these handles meanwhile; a withdrawal may have unlinked one.
        var linked = await HandleRows.Now(locked, handles, cancellationToken);
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

    /// <summary>A silo that does not know yet that the programme is stopped: its next try will.</summary>
    private static async Task RequireOpen(LockedTransaction locked, ProgrammeId programme, CancellationToken cancellationToken)
    {
        await using var batch = locked.Batch(Sql.Command(Open, (programme.Value, NpgsqlDbType.Text)));
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
