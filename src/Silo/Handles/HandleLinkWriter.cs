using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Handles;

/// <summary>Links further handles to an enrolled subject and unlinks them. As at enrolment, handles are locked before partitions.</summary>
internal sealed class HandleLinkWriter(LockedSubjects subjects)
{
    /// <summary>Counts a subject's handles. Runs under the subject's lock. $1 subject.</summary>
    private const string Count = "SELECT count(*) FROM ledger.handle WHERE subject = $1";

    /// <summary>
    /// Stores the time of newer proofs. Runs under the locks of the handles and their partitions, and locks the handles' rows. $1 hashes,
    /// $2 times.
    /// </summary>
    private const string UpdateProofs = """
        UPDATE ledger.handle h SET proved_at = i.proved_at FROM unnest($1, $2) AS i (hash, proved_at) WHERE h.hash = i.hash
        """;

    /// <summary>Unlinks a handle. Runs under the subject's lock and locks the row. $1 id, $2 subject. Returns the source.</summary>
    private const string Delete = "DELETE FROM ledger.handle WHERE id = $1 AND subject = $2 RETURNING source";

    /// <summary>
    /// Links handles. Returns <see langword="null"/> when the locator leads to no subject, and <see langword="false"/> when the subject
    /// would have more than <paramref name="countMax"/> handles.
    /// </summary>
    public async Task<bool?> Link(byte[] locator, HandlesToLink request, int countMax, CancellationToken cancellationToken)
    {
        var handles = HandleRows.Sorted(request.Handles);
        return await subjects.With<bool?>(
            locator, handles, null,
            async (locked, subject, _) =>
            {
                if (!await Link(locked, subject, handles, request, countMax, cancellationToken)) return false;
                await locked.Commit();
                return true;
            },
            cancellationToken);
    }

    /// <summary>Unlinks a handle by its id; returns whether the subject had it.</summary>
    public Task<bool> Unlink(byte[] locator, string handle, DateOnly day, CancellationToken cancellationToken) => subjects.With(
        locator, false,
        async (locked, subject, _) =>
        {
            await using var deleting = locked.Batch(
                Sql.Command(Delete, (handle, NpgsqlDbType.Text), (subject.Value, NpgsqlDbType.Bigint)));
            if (await deleting.ExecuteScalarAsync(cancellationToken) is not string source) return false;
            await locked.Append(cancellationToken, [(subject, HandleRows.Entry(EntryKind.HandleUnlinked, day, handle, source))]);
            await locked.Commit();
            return true;
        },
        cancellationToken);

    private static async Task<bool> Link(
        LockedTransaction locked, SubjectId subject, NewHandle[] handles, HandlesToLink request, int countMax,
        CancellationToken cancellationToken)
    {
        var linked = await HandleRows.ReadLinked(locked, handles, cancellationToken);
        if (IsRepeated(subject, handles, linked)) return true;
        HandleRows.RequireNewer(handles, linked);
        var kept = handles.Where(h => linked.Exists(old => old.Subject == subject && old.Hash.AsSpan().SequenceEqual(h.Hash))).ToArray();
        var added = handles.Except(kept).ToArray();
        await using (var counting = locked.Batch(Sql.Command(Count, (subject.Value, NpgsqlDbType.Bigint))))
        {
            if (await counting.ExecuteScalarAsync(cancellationToken) is not long count || count + added.Length > countMax)
                return false;
        }
        await locked.Run(cancellationToken, Sql.Command(
            UpdateProofs, (Array.ConvertAll(kept, h => h.Hash), NpgsqlDbType.Array | NpgsqlDbType.Bytea),
            (Array.ConvertAll(kept, h => HandleRows.Micros(h.ProvedAt)), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)));
        if (added.Length == 0) return true;
        await HandleRows.Link(locked, subject, request.At, added, cancellationToken);
        await locked.Append(
            cancellationToken, [.. HandleRows.Entries(subject, request.Day, added, linked.Where(old => old.Subject != subject))]);
        return true;
    }

    /// <summary>
    /// Tells whether the same proofs have linked these handles to the subject already: a request whose answer was lost is sent again.
    /// </summary>
    private static bool IsRepeated(SubjectId subject, NewHandle[] handles, List<LinkedHandle> linked) =>
        handles.All(handle => linked.Exists(old => old.Subject == subject && old.Hash.AsSpan().SequenceEqual(handle.Hash)
            && old.ProvedAt == HandleRows.Micros(handle.ProvedAt)));
}
