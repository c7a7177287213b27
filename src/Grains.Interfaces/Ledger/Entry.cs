using System.Collections.Immutable;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>One row of the ledger whose subject is still enrolled.</summary>
/// <param name="Partition">The partition that holds it, 0 up to the partition count, exclusive.</param>
/// <param name="Position">Its gapless number in the partition, from 1.</param>
/// <param name="Subject">The subject that it belongs to.</param>
/// <param name="Turn">Its gapless number in the subject's history, from 1.</param>
/// <param name="Kind">What it records.</param>
/// <param name="Day">Its day in the programme's time zone, fixed at intake.</param>
/// <param name="Body">
/// Canonical JSON (RFC 8785, integers only) in UTF-8. <paramref name="Kind"/> decides its members. It never changes.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.entry")]
public sealed record Entry(int Partition, long Position, SubjectId Subject, long Turn, EntryKind Kind, DateOnly Day, byte[] Body)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(Entry);
}

/// <summary>Consecutive rows of one partition, as the ledger stream carries them.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="After">The position before the first row, exclusive.</param>
/// <param name="To">The position of the last row, inclusive.</param>
/// <param name="Entries">The entries in ascending positions. Rows without a subject are left out.</param>
[GenerateSerializer, Immutable, Alias("scoring.ledger-slice")]
public sealed record LedgerSlice(int Partition, long After, long To, ImmutableArray<Entry> Entries)
{
    /// <summary>
    /// When a silo took the oldest row, in ticks of UTC by that silo's clock; 0 when it is not known. It only serves to measure freshness.
    /// </summary>
    [Id(0)]
    public long AcceptedAt { get; init; }
}
