using Npgsql;
using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Handles;

/// <summary>A row of a linked handle.</summary>
internal sealed record LinkedHandle(byte[] Hash, SubjectId Subject, short Partition, DateTime ProvedAt, string Id, string Source);

/// <summary>
/// Reads and writes rows of handles, at enrolment and later. The caller holds the handles' locks and those of all partitions concerned.
/// </summary>
internal static class HandleRows
{
    /// <summary>
    /// The links of handles. It takes no lock itself: under the handles' locks no other transaction links them. $1 hashes.
    /// </summary>
    private const string SelectLinked =
        "SELECT hash, subject, partition, proved_at, id, source FROM ledger.handle WHERE hash = ANY ($1) ORDER BY hash";

    /// <summary>Unlinks handles. Runs under their locks and those of their partitions, and locks the rows. $1 hashes.</summary>
    private const string Delete = "DELETE FROM ledger.handle WHERE hash = ANY ($1)";

    /// <summary>
    /// Links handles to subjects, with copies of the enrolments' columns that the foreign key keeps equal. Runs under the same locks, locks
    /// its own new rows, and by the foreign key shares the enrolments' rows. Arrays: $1 hashes, $2 ids, $3 sources, $4 times of proof, $5
    /// subjects, $6 starts.
    /// </summary>
    private const string InsertLinks = """
        INSERT INTO ledger.handle (
            hash, subject, partition, restricted, programme, ledger_key, started_at, id, source, proved_at, consented)
        SELECT i.hash, e.subject, e.partition, e.restricted, e.programme, e.ledger_key, i.started_at, i.id, i.source, i.proved_at,
            e.consented
        FROM unnest($1, $2, $3, $4, $5, $6) AS i (hash, id, source, proved_at, subject, started_at)
        CROSS JOIN LATERAL (SELECT * FROM ledger.enrolment WHERE subject = i.subject OFFSET 0) e
        """;

    /// <summary>The handles in the order of their hashes.</summary>
    /// <exception cref="HandleProofReplayedException">A handle is repeated.</exception>
    public static NewHandle[] Sorted(IReadOnlyList<NewHandle> unsorted)
    {
        var handles = unsorted.ToArray();
        Array.Sort(handles, (a, b) => a.Hash.AsSpan().SequenceCompareTo(b.Hash));
        if (handles.Zip(handles.Skip(1)).Any(pair => pair.First.Hash.AsSpan().SequenceEqual(pair.Second.Hash)))
            throw new HandleProofReplayedException();
        return handles;
    }

    /// <summary>Reads which of the handles are linked.</summary>
    public static async Task<List<LinkedHandle>> ReadLinked(
        LockedTransaction locked, NewHandle[] handles, CancellationToken cancellationToken)
    {
        await using var batch = locked.Batch(Linked(handles));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await ReadLinked(reader, cancellationToken);
    }

    /// <summary>The statement that reads which of the handles are linked.</summary>
    public static NpgsqlBatchCommand Linked(NewHandle[] handles) => Sql.Command(SelectLinked, Hashes(handles));

    /// <summary>Reads the rows of <see cref="Linked"/>.</summary>
    public static async Task<List<LinkedHandle>> ReadLinked(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var linked = new List<LinkedHandle>();
        while (await reader.ReadAsync(cancellationToken))
        {
            linked.Add(new LinkedHandle(
                reader.GetFieldValue<byte[]>(0), new SubjectId(reader.GetInt64(1)), reader.GetInt16(2), reader.GetDateTime(3),
                reader.GetString(4), reader.GetString(5)));
        }
        return linked;
    }

    /// <summary>Checks that each linked handle is moved or confirmed by a newer proof.</summary>
    /// <exception cref="HandleProofReplayedException">A handle is linked by a proof of the same time or later.</exception>
    public static void RequireNewer(NewHandle[] handles, List<LinkedHandle> linked)
    {
        foreach (var old in linked)
            if (Micros(handles.Single(h => h.Hash.AsSpan().SequenceEqual(old.Hash)).ProvedAt) <= old.ProvedAt)
                throw new HandleProofReplayedException();
    }

    /// <summary>Links the handles to an enrolled subject, and unlinks them from their subjects before.</summary>
    public static Task Link(
        LockedTransaction locked, SubjectId subject, DateTimeOffset at, NewHandle[] handles, CancellationToken cancellationToken) =>
        locked.Run(cancellationToken, Link(subject, at, handles));

    /// <summary>The statements that do so. They return nothing.</summary>
    public static NpgsqlBatchCommand[] Link(SubjectId subject, DateTimeOffset at, NewHandle[] handles) =>
    [
        Sql.Command(Delete, Hashes(handles)), Insert([.. handles.Select(handle => (subject, at, handle))]),
    ];

    /// <summary>The statement that links handles that are not linked, each to its subject from its start. It returns nothing.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<(SubjectId Subject, DateTimeOffset At, NewHandle Handle)> links)
    {
        return Sql.Command(
            InsertLinks, Column(NpgsqlDbType.Bytea, link => link.Handle.Hash), Column(NpgsqlDbType.Text, link => link.Handle.Id),
            Column(NpgsqlDbType.Text, link => link.Handle.Source),
            Column(NpgsqlDbType.TimestampTz, link => Micros(link.Handle.ProvedAt)),
            Column(NpgsqlDbType.Bigint, link => link.Subject.Value), Column(NpgsqlDbType.TimestampTz, link => link.At.UtcDateTime));

        (object, NpgsqlDbType) Column<T>(NpgsqlDbType type, Func<(SubjectId Subject, DateTimeOffset At, NewHandle Handle), T> value) =>
            (links.Select(value).ToArray(), NpgsqlDbType.Array | type);
    }

    /// <summary>The entries of both sides: handles linked to this subject, and handles unlinked from their subjects before.</summary>
    public static IEnumerable<(SubjectId Subject, EntryToAppend Entry)> Entries(
        SubjectId subject, DateOnly day, IEnumerable<NewHandle> linked, IEnumerable<LinkedHandle> unlinked) =>
    [
        .. linked.Select(h => (subject, Entry(EntryKind.HandleLinked, day, h.Id, h.Source))),
        .. unlinked.Select(h => (h.Subject, Entry(EntryKind.HandleUnlinked, day, h.Id, h.Source))),
    ];

    /// <summary>An entry about a linked or unlinked handle.</summary>
    public static EntryToAppend Entry(EntryKind kind, DateOnly day, string id, string source) =>
        new(kind, Guid.NewGuid(), day, StoreEntryBodies.Handle(id, source));

    /// <summary>The instant in microseconds, as PostgreSQL stores it, so that a proof is not newer than itself.</summary>
    public static DateTime Micros(DateTimeOffset at) => new(at.UtcTicks / 10 * 10, DateTimeKind.Utc);

    private static (object Value, NpgsqlDbType Type) Hashes(NewHandle[] handles) =>
        (Array.ConvertAll(handles, h => h.Hash), NpgsqlDbType.Array | NpgsqlDbType.Bytea);
}
