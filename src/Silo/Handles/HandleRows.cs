using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Handles;

/// <summary>A handle as linked.</summary>
internal sealed record LinkedHandle(byte[] Hash, SubjectId Subject, short Partition, DateTime ProvedAt, string Id, string Source);

/// <summary>Linking of handles under their locks and those of all partitions concerned, at enrolment and later.</summary>
internal static class HandleRows
{
    private const string Linked =
        "SELECT hash, subject, partition, proved_at, id, source FROM ledger.handle WHERE hash = ANY ($1) ORDER BY hash";

    private const string Delete = "DELETE FROM ledger.handle WHERE hash = ANY ($1)";

    // What the foreign key keeps equal is taken from the enrolment itself.
    private const string Insert = """
        INSERT INTO ledger.handle (
            hash, subject, partition, restricted, programme, ledger_key, started_at, id, source, proved_at, consented)
        SELECT i.hash, e.subject, e.partition, e.restricted, e.programme, e.ledger_key, $6, i.id, i.source, i.proved_at, e.consented
        FROM (SELECT * FROM ledger.enrolment WHERE subject = $5) AS e, unnest($1, $2, $3, $4) AS i (hash, id, source, proved_at)
        """;

    /// <summary>The handles in the order of their hashes.</summary>
    /// <exception cref="HandleProofReplayedException">Two are one.</exception>
    public static NewHandle[] Sorted(IReadOnlyList<NewHandle> wanted)
    {
        var handles = wanted.ToArray();
        Array.Sort(handles, (a, b) => a.Hash.AsSpan().SequenceCompareTo(b.Hash));
        if (handles.Zip(handles.Skip(1)).Any(pair => pair.First.Hash.AsSpan().SequenceEqual(pair.Second.Hash)))
            throw new HandleProofReplayedException();
        return handles;
    }

    /// <summary>Those of the handles that are linked.</summary>
    public static async Task<List<LinkedHandle>> Now(LockedTransaction locked, NewHandle[] handles, CancellationToken cancellationToken)
    {
        var linked = new List<LinkedHandle>();
        await using var batch = locked.Batch(Sql.Command(Linked, Hashes(handles)));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            linked.Add(new LinkedHandle(
                reader.GetFieldValue<byte[]>(0), new SubjectId(reader.GetInt64(1)), reader.GetInt16(2), reader.GetDateTime(3),
                reader.GetString(4), reader.GetString(5)));
        }
        return linked;
    }

    /// <exception cref="HandleProofReplayedException">One is linked by a proof as new or newer.</exception>
    public static void RequireNewer(NewHandle[] handles, List<LinkedHandle> linked)
    {
        foreach (var old in linked)
            if (Micros(handles.Single(h => h.Hash.AsSpan().SequenceEqual(old.Hash)).ProvedAt) <= old.ProvedAt)
                throw new HandleProofReplayedException();
    }

    /// <summary>Links the handles to a subject whose enrolment stands, and unlinks them wherever they were.</summary>
    public static Task Link(
        LockedTransaction locked, SubjectId subject, DateTimeOffset at, NewHandle[] handles, CancellationToken cancellationToken) =>
            locked.Run(
        cancellationToken,
        Sql.Command(Delete, Hashes(handles)),
        Sql.Command(
            Insert, Hashes(handles), (Array.ConvertAll(handles, h => h.Id), NpgsqlDbType.Array | NpgsqlDbType.Text),
            (Array.ConvertAll(handles, h => h.Source), NpgsqlDbType.Array | NpgsqlDbType.Text),
            (Array.ConvertAll(handles, h => Micros(h.ProvedAt)), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz),
            (subject.Value, NpgsqlDbType.Bigint), (at.UtcDateTime, NpgsqlDbType.TimestampTz)));

    /// <summary>The entries that tell both sides.</summary>
    public static IEnumerable<(SubjectId Subject, EntryToAppend Entry)> Entries(
        SubjectId subject, DateOnly day, IEnumerable<NewHandle> handles, IEnumerable<LinkedHandle> left) =>
    [
        .. handles.Select(h => (subject, Entry(EntryKind.HandleLinked, day, h.Id, h.Source))),
        .. left.Select(h => (h.Subject, Entry(EntryKind.HandleUnlinked, day, h.Id, h.Source))),
    ];

    /// <summary>An entry about a handle.</summary>
    public static EntryToAppend Entry(EntryKind kind, DateOnly day, string id, string source) =>
        new(kind, Guid.NewGuid(), day, StoreEntryBodies.Handle(id, source));

    /// <summary>As PostgreSQL keeps it, in microseconds: a proof compared with itself must not look newer.</summary>
    public static DateTime Micros(DateTimeOffset at) => new(at.UtcTicks / 10 * 10, DateTimeKind.Utc);

    private static (object Value, NpgsqlDbType Type) Hashes(NewHandle[] handles) =>
        (Array.ConvertAll(handles, h => h.Hash), NpgsqlDbType.Array | NpgsqlDbType.Bytea);
}
