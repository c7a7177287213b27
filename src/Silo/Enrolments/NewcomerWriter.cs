using Scoring.Handles;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Enrolments;

/// <summary>
/// Enrols several subjects in one transaction, each under its participant's first locator with handles that are not linked. Anything else,
/// as a second subject of a participant or a handle that moves, is left to <see cref="EnrolmentWriter"/>.
/// </summary>
internal sealed class NewcomerWriter(LedgerDatabase database, LedgerHeads heads)
{
    /// <summary>Enrols the newcomers of a group, or none when it throws. Tells for each whether it is enrolled.</summary>
    public async Task<bool[]> Enrol(IReadOnlyList<NewEnrolment> group, CancellationToken cancellationToken)
    {
        var named = new HashSet<byte[]>(HashComparer.Instance);
        var distinct = group.Select(enrolment => IsApart(enrolment, named)).ToArray();
        NewEnrolment[] asked = [.. group.Where((_, i) => distinct[i])];
        await using var locked = await LockedTransaction.Begin(database, heads, cancellationToken);
        var known = await LockAndRead(locked, asked, cancellationToken);
        bool IsNewcomer(NewEnrolment enrolment) =>
            known.Open.Contains(enrolment.Programme.Value) && !known.Hashes.Contains(enrolment.Locators[0])
            && !enrolment.Handles.Any(handle => known.Hashes.Contains(handle.Hash));
        NewEnrolment[] newcomers = [.. asked.Where(IsNewcomer)];
        if (newcomers.Length > 0)
        {
            await Write(locked, newcomers, cancellationToken);
            await locked.Commit();
        }
        return [.. group.Select((enrolment, i) => distinct[i] && IsNewcomer(enrolment))];
    }

    /// <summary>Whether no enrolment before it in the group has its locator or one of its handles, and it names no handle twice.</summary>
    private static bool IsApart(NewEnrolment enrolment, HashSet<byte[]> named)
    {
        byte[][] hashes = [enrolment.Locators[0], .. enrolment.Handles.Select(handle => handle.Hash)];
        return hashes.Count(named.Add) == hashes.Length;
    }

    /// <summary>Locks handles and partitions, and reads under the locks what is stored of the group: one round trip.</summary>
    private async Task<(HashSet<string> Open, HashSet<byte[]> Hashes)> LockAndRead(
        LockedTransaction locked, NewEnrolment[] group, CancellationToken cancellationToken)
    {
        var handles = group.SelectMany(enrolment => enrolment.Handles).ToArray();
        await using var batch = locked.Batch(
            LockedTransaction.LockHandles(handles.Select(handle => handle.Hash)),
            LockedTransaction.LockPartitions(group.Select(enrolment => database.PartitionOf(enrolment.Locators[0]))),
            EnrolmentRows.OpenProgrammes(group.Select(enrolment => enrolment.Programme)),
            EnrolmentRows.TakenLocators(group.Select(enrolment => enrolment.Locators[0])), HandleRows.Linked(handles));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var open = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken)) open.Add(reader.GetString(0));
        var hashes = new HashSet<byte[]>(HashComparer.Instance);
        while (await reader.NextResultAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken)) hashes.Add(reader.GetFieldValue<byte[]>(0));
        return (open, hashes);
    }

    private Task Write(LockedTransaction locked, NewEnrolment[] newcomers, CancellationToken cancellationToken) => locked.Append(
        [
            .. EnrolmentRows.Insert([.. newcomers.Select(one => (one, database.PartitionOf(one.Locators[0]), one.Locators[0]))]),
            HandleRows.Insert([.. newcomers.SelectMany(one => one.Handles.Select(handle => (one.Subject, one.At, handle)))]),
        ],
        [.. newcomers.SelectMany(one => EnrolmentRows.Entries(one, one.Receipts[0], []))],
        cancellationToken);

    private sealed class HashComparer : IEqualityComparer<byte[]>
    {
        public static readonly HashComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        // Hashes are keyed, so their first bytes are as random as any.
        public int GetHashCode(byte[] obj) => BitConverter.ToInt32(obj);
    }
}
