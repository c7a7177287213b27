using System.Buffers.Binary;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>
/// Enrols, and moves handles here. The partition is drawn from the participant's first locator, so one participant's enrolments in one
/// programme wait for one lock. Handles are locked before partitions: a handle that nobody has yet is in none.
/// </summary>
internal sealed class Enrolling(LedgerDatabase database, LedgerHeads heads, int partitionCount)
{
    private const string Taken = "SELECT hash FROM ledger.locator WHERE hash = ANY ($1)";

    private const string Linked =
        "SELECT hash, subject, partition, proved_at, id, source FROM ledger.handle WHERE hash = ANY ($1) ORDER BY hash";

    private const string InsertEnrolment = """
        INSERT INTO ledger.enrolment (subject, partition, kind, since, programme, rule_set, ledger_key, consented)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    // Who stops a programme locks every partition: while ours is locked, this stays as it is.
    private const string Open = "SELECT count(*) FROM ledger.programme WHERE id = $1 AND NOT (suspended OR ended)";

    private const string InsertLocator = "INSERT INTO ledger.locator (hash, subject) VALUES ($1, $2)";

    private const string Unlink = "DELETE FROM ledger.handle WHERE hash = ANY ($1)";

    private const string Link = """
        INSERT INTO ledger.handle (
            hash, subject, partition, restricted, programme, ledger_key, started_at, id, source, proved_at, consented)
        SELECT i.hash, $5, $6, false, $7, $8, $9, i.id, i.source, i.proved_at, $10
        FROM unnest($1, $2, $3, $4) AS i (hash, id, source, proved_at)
        """;

    private sealed record LinkedHandle(byte[] Hash, SubjectId Subject, short Partition, DateTime ProvedAt, string Id, string Source);

    public async Task<int?> Enrol(NewEnrolment enrolment, CancellationToken cancel)
    {
        var handles = enrolment.Handles.ToArray();
        Array.Sort(handles, (a, b) => a.Hash.AsSpan().SequenceCompareTo(b.Hash));
        if (handles.Zip(handles.Skip(1)).Any(pair => pair.First.Hash.AsSpan().SequenceEqual(pair.Second.Hash)))
            throw new HandleProofReplayedException();
        var own = (short)(BinaryPrimitives.ReadUInt16BigEndian(enrolment.Locators[0]) % partitionCount);
        await using var locked = await LockedTransaction.Open(
            database, heads, handles.Select(h => h.Hash),
            async locked => (await LinkedNow(locked, handles, cancel)).Select(h => h.Partition).Append(own), cancel);

        // Nobody links these handles meanwhile; a withdrawal may have unlinked one.
        var linked = await LinkedNow(locked, handles, cancel);
        await RequireOpen(locked, enrolment.Programme, cancel);
        if (await FreeLocator(locked, enrolment, cancel) is not { } index) return null;
        foreach (var handle in linked)
            if (Micros(handles.Single(h => h.Hash.AsSpan().SequenceEqual(handle.Hash)).ProvedAt) <= handle.ProvedAt)
                throw new HandleProofReplayedException();
        await Write(locked, enrolment, index, own, handles, linked, cancel);
        await locked.Commit();
        return index;
    }

    private static async Task Write(
        LockedTransaction locked, NewEnrolment enrolment, int index, short own, NewHandle[] handles, List<LinkedHandle> linked,
        CancellationToken cancel)
    {
        var hashes = Array.ConvertAll(handles, h => h.Hash);
        await locked.Run(
            cancel,
            Sql.Command(
                InsertEnrolment, (enrolment.Subject.Value, NpgsqlDbType.Bigint), (own, NpgsqlDbType.Smallint),
                ((short)enrolment.Kind, NpgsqlDbType.Smallint), (enrolment.Day, NpgsqlDbType.Date),
                (enrolment.Programme.Value, NpgsqlDbType.Text), (enrolment.RuleSet, NpgsqlDbType.Text),
                (enrolment.LedgerKey, NpgsqlDbType.Bytea), (enrolment.Consented, NpgsqlDbType.Integer)),
            Sql.Command(
                InsertLocator, (enrolment.Locators[index], NpgsqlDbType.Bytea), (enrolment.Subject.Value, NpgsqlDbType.Bigint)),
            Sql.Command(Unlink, (hashes, NpgsqlDbType.Array | NpgsqlDbType.Bytea)),
            Sql.Command(
                Link, (hashes, NpgsqlDbType.Array | NpgsqlDbType.Bytea),
                (Array.ConvertAll(handles, h => h.Id), NpgsqlDbType.Array | NpgsqlDbType.Text),
                (Array.ConvertAll(handles, h => h.Source), NpgsqlDbType.Array | NpgsqlDbType.Text),
                (Array.ConvertAll(handles, h => Micros(h.ProvedAt)), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz),
                (enrolment.Subject.Value, NpgsqlDbType.Bigint), (own, NpgsqlDbType.Smallint),
                (enrolment.Programme.Value, NpgsqlDbType.Text), (enrolment.LedgerKey, NpgsqlDbType.Bytea),
                (enrolment.At.UtcDateTime, NpgsqlDbType.TimestampTz), (enrolment.Consented, NpgsqlDbType.Integer)));
        await locked.Append(
            cancel,
            [
                (enrolment.Subject, Entry(EntryKind.Enrolled, enrolment.Receipts[index])),
                .. enrolment.Handles.Select(h => (enrolment.Subject, Entry(EntryKind.HandleLinked, EntryBody.Handle(h.Id, h.Source)))),
                .. linked.Select(h => (h.Subject, Entry(EntryKind.HandleUnlinked, EntryBody.Handle(h.Id, h.Source)))),
            ]);

        EntryToAppend Entry(EntryKind kind, byte[] body) => new(kind, Guid.NewGuid(), enrolment.Day, body);
    }

    /// <summary>A silo that does not know yet that the programme is stopped: its next try will.</summary>
    private static async Task RequireOpen(LockedTransaction locked, ProgrammeId programme, CancellationToken cancel)
    {
        await using var batch = locked.Batch(Sql.Command(Open, (programme.Value, NpgsqlDbType.Text)));
        if (await batch.ExecuteScalarAsync(cancel) is not 1L) throw new LedgerUnavailableException();
    }

    private static async Task<int?> FreeLocator(LockedTransaction locked, NewEnrolment enrolment, CancellationToken cancel)
    {
        var taken = new List<byte[]>();
        await using var batch = locked.Batch(Sql.Command(Taken, (enrolment.Locators.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea)));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) taken.Add(reader.GetFieldValue<byte[]>(0));
        for (var i = 0; i < enrolment.Locators.Count; i++)
            if (!taken.Exists(hash => hash.AsSpan().SequenceEqual(enrolment.Locators[i]))) return i;
        return null;
    }

    private static async Task<List<LinkedHandle>> LinkedNow(LockedTransaction locked, NewHandle[] handles, CancellationToken cancel)
    {
        var linked = new List<LinkedHandle>();
        await using var batch = locked.Batch(
            Sql.Command(Linked, (Array.ConvertAll(handles, h => h.Hash), NpgsqlDbType.Array | NpgsqlDbType.Bytea)));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            linked.Add(new LinkedHandle(
                reader.GetFieldValue<byte[]>(0), new SubjectId(reader.GetInt64(1)), reader.GetInt16(2), reader.GetDateTime(3),
                reader.GetString(4), reader.GetString(5)));
        }
        return linked;
    }

    /// <summary>As PostgreSQL keeps it, in microseconds: a proof compared with itself must not look newer.</summary>
    private static DateTime Micros(DateTimeOffset at) => new(at.UtcTicks / 10 * 10, DateTimeKind.Utc);
}
