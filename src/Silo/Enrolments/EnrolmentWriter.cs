using Microsoft.Extensions.Options;
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
internal sealed class EnrolmentWriter(LedgerDatabase database, LedgerHeads heads, IOptions<EnrolmentOptions> options)
{
    /// <summary>
    /// Enrols a subject under the first free locator; returns the locator's index, or <see langword="null"/> when none is free.
    /// </summary>
    /// <exception cref="HandleProofReplayedException">A handle is repeated or its proof is not newer than the stored one.</exception>
    /// <exception cref="LedgerUnavailableException">
    /// The programme is suspended or has ended, or a handle keeps moving between partitions.
    /// </exception>
    public async Task<int?> Enrol(NewEnrolment enrolment, CancellationToken cancellationToken)
    {
        var handles = HandleRows.Sorted(enrolment.Handles);
        var own = database.PartitionOf(enrolment.Locators[0]);
        short[] partitions = [own];
        for (var attempt = 0; attempt < options.Value.AttemptsMax; attempt++)
        {
            await using var locked = await LockedTransaction.Begin(database, heads, cancellationToken);
            var facts = await LockAndRead(locked, partitions, handles, enrolment, cancellationToken);
            // A handle of another subject moves here with an entry there, so that partition is locked too. Most handles are new.
            if (facts.Linked.Exists(handle => !partitions.Contains(handle.Partition)))
            {
                partitions = [own, .. facts.Linked.Select(handle => handle.Partition)];
                continue;
            }
            // The programme was stopped and this silo does not know it yet; a retry will find it in the rule book.
            if (!facts.IsOpen) throw new LedgerUnavailableException();
            if (facts.Locator is not { } index) return null;
            HandleRows.RequireNewer(handles, facts.Linked);
            await Write(locked, enrolment, index, own, handles, facts.Linked, cancellationToken);
            await locked.Commit();
            return index;
        }
        throw new LedgerUnavailableException();
    }

    /// <summary>
    /// Locks the handles and the partitions, and reads under the locks whatever the enrolment depends on: one round trip.
    /// </summary>
    private static async Task<EnrolmentFacts> LockAndRead(
        LockedTransaction locked, short[] partitions, NewHandle[] handles, NewEnrolment enrolment, CancellationToken cancellationToken)
    {
        await using var batch = locked.Batch(
            LockedTransaction.LockHandles(handles.Select(handle => handle.Hash)), LockedTransaction.LockPartitions(partitions),
            HandleRows.Linked(handles), EnrolmentRows.OpenProgrammes([enrolment.Programme]),
            EnrolmentRows.TakenLocators(enrolment.Locators));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var linked = await HandleRows.ReadLinked(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var isOpen = await reader.ReadAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var taken = new List<byte[]>();
        while (await reader.ReadAsync(cancellationToken)) taken.Add(reader.GetFieldValue<byte[]>(0));
        return new EnrolmentFacts(linked, isOpen, FirstFree(enrolment.Locators, taken));
    }

    private static int? FirstFree(IReadOnlyList<byte[]> locators, List<byte[]> taken)
    {
        for (var i = 0; i < locators.Count; i++)
            if (!taken.Exists(hash => hash.AsSpan().SequenceEqual(locators[i]))) return i;
        return null;
    }

    private static Task Write(
        LockedTransaction locked, NewEnrolment enrolment, int index, short own, NewHandle[] handles, List<LinkedHandle> linked,
        CancellationToken cancellationToken) =>
        locked.Append(
            [
                .. EnrolmentRows.Insert([(enrolment, own, enrolment.Locators[index])]),
                .. HandleRows.Link(enrolment.Subject, enrolment.At, handles),
            ],
            [.. EnrolmentRows.Entries(enrolment, enrolment.Receipts[index], linked)],
            cancellationToken);

    /// <summary>What an enrolment depends on, as it is under the locks.</summary>
    /// <param name="Linked">The handles that are linked already.</param>
    /// <param name="IsOpen">Whether the programme is neither suspended nor ended.</param>
    /// <param name="Locator">The index of the first free locator; <see langword="null"/> when none is free.</param>
    private sealed record EnrolmentFacts(List<LinkedHandle> Linked, bool IsOpen, int? Locator);
}
