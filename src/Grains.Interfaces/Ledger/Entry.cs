using System.Collections.Immutable;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>One row of the ledger that still has its subject.</summary>
/// <param name="Partition">The sequence it stands in, 0 up to the partition count, exclusive.</param>
/// <param name="Position">Its gapless number in the partition, from 1.</param>
/// <param name="Subject">Whose entry it is.</param>
/// <param name="Turn">Its gapless number in the subject's history, from 1.</param>
/// <param name="Kind">What it records.</param>
/// <param name="Day">Its day in the programme's time zone, fixed at intake.</param>
/// <param name="Body">
/// Canonical JSON (RFC 8785, integers only) in UTF-8, its members given by <paramref name="Kind"/>. Never changed.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.entry")]
public sealed record Entry(int Partition, long Position, SubjectId Subject, long Turn, EntryKind Kind, DateOnly Day, byte[] Body);

/// <summary>A run of one partition, as the ledger stream carries it.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="After">The position before the run, exclusive.</param>
/// <param name="To">The run's last position, inclusive.</param>
/// <param name="Entries">Its entries in ascending positions; rows without a subject are left out.</param>
[GenerateSerializer, Immutable, Alias("scoring.ledger-slice")]
public sealed record LedgerSlice(int Partition, long After, long To, ImmutableArray<Entry> Entries);
