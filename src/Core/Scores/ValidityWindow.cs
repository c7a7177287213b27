using System.Buffers.Binary;

namespace Scoring.Scores;

/// <summary>
/// The fixed stretch of time in which a grant's answer stays the same. Windows are not stored: they follow from the grant's hash, which
/// also spreads their ends, so that nobody's window begins with their question.
/// </summary>
/// <param name="Number">Its number since 1970.</param>
/// <param name="End">Its end, exclusive.</param>
internal readonly record struct ValidityWindow(long Number, DateTimeOffset End)
{
    public static ValidityWindow At(DateTimeOffset now, ReadOnlySpan<byte> grantHash, TimeSpan validity)
    {
        var length = (long)validity.TotalMilliseconds;
        var offset = (long)(BinaryPrimitives.ReadUInt64BigEndian(grantHash) % (ulong)length);
        var number = (now.ToUnixTimeMilliseconds() + offset) / length;
        return new ValidityWindow(number, DateTimeOffset.FromUnixTimeMilliseconds((number + 1) * length - offset));
    }
}
