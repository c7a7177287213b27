using System.Runtime.InteropServices;

namespace Scoring.Partitions;

/// <summary>
/// What the writer remembers of one linked handle, as it was read in one snapshot. It never changes, apart from being marked as stale.
/// </summary>
internal sealed class RememberedHandle
{
    private volatile bool _isStale;

    /// <summary>The keyed hash of the handle.</summary>
    public required HandleKey Key { get; init; }

    /// <summary>The number of the subject.</summary>
    public required long Subject { get; init; }

    /// <summary>The subject's partition.</summary>
    public required short Partition { get; init; }

    /// <summary>The subject's ledger key, 32 bytes.</summary>
    public required byte[] LedgerKey { get; init; }

    /// <summary>The start of the handle, in UTC: earlier events do not count.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>Whether the subject is unrestricted and its programme neither suspended nor ended.</summary>
    public required bool Counts { get; init; }

    /// <summary>
    /// The first day that the consent does not cover, because of a version that widens; the greatest day while there is none.
    /// </summary>
    public required DateOnly CoveredBefore { get; init; }

    /// <summary>The version of the partition in the snapshot.</summary>
    public required long Version { get; init; }

    /// <summary>The last position of the partition in the snapshot.</summary>
    public required long Position { get; init; }

    /// <summary>The subject's last turn in the snapshot.</summary>
    public required long Turn { get; init; }

    /// <summary>Whether it may no longer be used: the router reads the handle again.</summary>
    public bool IsStale => _isStale;

    /// <summary>
    /// The next older and the next newer handle, and the next one of the same subject; only <see cref="HandleMemory"/> uses them.
    /// </summary>
    internal RememberedHandle? Older { get; set; }

    /// <inheritdoc cref="Older"/>
    internal RememberedHandle? Newer { get; set; }

    /// <inheritdoc cref="Older"/>
    internal RememberedHandle? Sibling { get; set; }

    /// <summary>Marks it as not to be used any more.</summary>
    public void MarkStale() => _isStale = true;

    /// <summary>Whether an event of this instant and day may be written, as far as this snapshot says.</summary>
    public bool Takes(DateTimeOffset instant, DateOnly day) => Counts && instant.UtcDateTime >= StartedAt && day < CoveredBefore;
}

/// <summary>The keyed hash of a handle, 32 bytes, as a key of a dictionary. The hash is keyed,
/// so no sender can choose colliding ones.</summary>
internal readonly record struct HandleKey(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    /// <summary>Reads a hash of 32 bytes.</summary>
    public static HandleKey Of(ReadOnlySpan<byte> hash) => MemoryMarshal.Read<HandleKey>(hash);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)First;
}
