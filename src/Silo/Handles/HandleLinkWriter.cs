using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Handles;

/// <summary>Links further handles to a subject and unlinks them. As at enrolment, handles are locked before partitions.</summary>
internal sealed class HandleLinkWriter(LockedSubjects own)
{
    private const string Count = "SELECT count(*) FROM ledger.handle WHERE subject = $1";

    private const string NoteProof = """
        UPDATE ledger.handle h SET proved_at = i.proved_at FROM unnest($1, $2) AS i (hash, proved_at) WHERE h.hash = i.hash
        """;

    private const string Delete = "DELETE FROM ledger.handle WHERE id = $1 AND subject = $2 RETURNING source";

    public async Task<bool?> Link(byte[] locator, HandlesToLink wanted, int countMax, CancellationToken cancellationToken)
    {
        var handles = HandleRows.Sorted(wanted.Handles);
        return await own.With<bool?>(
            locator, handles, null,
            async (locked, subject, _) =>
            {
                if (!await Link(locked, subject, handles, wanted, countMax, cancellationToken)) return false;
                await locked.Commit();
                return true;
            },
            cancellationToken);
    }

    public Task<bool> Unlink(byte[] locator, string handle, DateOnly day, CancellationToken cancellationToken) => own.With(
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
        LockedTransaction locked, SubjectId subject, NewHandle[] handles, HandlesToLink wanted, int countMax,
        CancellationToken cancellationToken)
    {
        var linked = await HandleRows.Now(locked, handles, cancellationToken);
        HandleRows.RequireNewer(handles, linked);
        var kept = handles.Where(h => linked.Exists(old => old.Subject == subject && old.Hash.AsSpan().SequenceEqual(h.Hash))).ToArray();
        var added = handles.Except(kept).ToArray();
        await using (var counting = locked.Batch(Sql.Command(Count, (subject.Value, NpgsqlDbType.Bigint))))
        {
            if (await counting.ExecuteScalarAsync(cancellationToken) is not long standing || standing + added.Length > countMax)
                return false;
        }
        await locked.Run(cancellationToken, Sql.Command(
            NoteProof, (Array.ConvertAll(kept, h => h.Hash), NpgsqlDbType.Array | NpgsqlDbType.Bytea),
            (Array.ConvertAll(kept, h => HandleRows.Micros(h.ProvedAt)), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)));
        if (added.Length == 0) return true;
        await HandleRows.Link(locked, subject, wanted.At, added, cancellationToken);
        await locked.Append(
            cancellationToken, [.. HandleRows.Entries(subject, wanted.Day, added, linked.Where(old => old.Subject != subject))]);
        return true;
    }
}
