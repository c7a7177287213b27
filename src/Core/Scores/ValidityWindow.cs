using System.Buffers.Binary;

namespace Scoring.Scores;

/// <summary>
/// The fixed period in which a grant's answer stays the same. Windows are not stored. They follow from the grant's hash, which also spreads
/// their ends, so no window begins with a query.
/// </summary>
/// <param name="Number">The number of windows since 1970.</param>
/// <param name="End">The end, exclusive.</param>
internal readonly record struct ValidityWindow(long Number, DateTimeOffset End)
{
    /// <summary>The window that contains an instant.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="grantHash">The grant's hash, at least 8 bytes.</param>
    /// <param name="validity">The length of windows, at least 1 ms.</param>
    public static ValidityWindow At(DateTimeOffset now, ReadOnlySpan<byte> grantHash, TimeSpan validity)
    {
        var length = (long)validity.TotalMilliseconds;
        var offset = (long)(BinaryPrimitives.ReadUInt64BigEndian(grantHash) % (ulong)length);
        var number = (now.ToUnixTimeMilliseconds() + offset) / length;
        return new ValidityWindow(number, DateTimeOffset.FromUnixTimeMilliseconds((number + 1) * length - offset));
    }
}
