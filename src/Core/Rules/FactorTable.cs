using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;

namespace Scoring.Rules;

/// <summary>
/// The factors by which points fade, in units of 2^-32. For an age of a days and a half-life of H days, factor(a, H) is the largest
/// integer x with x^H · 2^a ≤ 2^(32H), which is 2^(32 - a/H) rounded down.
/// </summary>
public static class FactorTable
{
    /// <summary>The factor of points that have not faded: 2^32.</summary>
    public const long Whole = 1L << 32;

    /// <summary>The greatest window and half-life, in days.</summary>
    public const int DaysMax = 730;

    private static readonly ConcurrentDictionary<int, long[]> Tables = new();

    /// <summary>The factors of the ages 0 to <see cref="DaysMax"/>, exclusive. A table is computed once per half-life.</summary>
    /// <param name="halfLifeDays">0 (no fading) to <see cref="DaysMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The half-life is out of range.</exception>
    public static ReadOnlySpan<long> Of(int halfLifeDays) => Table(halfLifeDays);

    /// <summary>SHA-256 of a table, each factor as a big-endian 64-bit integer; 64 lower-case hexadecimal digits.</summary>
    /// <param name="halfLifeDays">0 (no fading) to <see cref="DaysMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The half-life is out of range.</exception>
    public static string HashOf(int halfLifeDays)
    {
        var bytes = new byte[DaysMax * sizeof(long)];
        var table = Table(halfLifeDays);
        for (var age = 0; age < DaysMax; age++) BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(age * sizeof(long)), table[age]);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>The shared table of a half-life, by age in days. Callers only read it.</summary>
    internal static long[] Table(int halfLifeDays) => Tables.GetOrAdd(halfLifeDays, Compute);

    private static long[] Compute(int halfLifeDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(halfLifeDays);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(halfLifeDays, DaysMax);
        var table = new long[DaysMax];
        for (var age = 0; age < DaysMax; age++) table[age] = Factor(age, halfLifeDays);
        return table;
    }

    /// <summary>Floating point gives the first guess only. Integer arithmetic decides, so every machine has the same table.</summary>
    private static long Factor(int age, int halfLifeDays)
    {
        if (halfLifeDays == 0) return Whole;
        if (age % halfLifeDays == 0) return age / halfLifeDays <= 32 ? Whole >> (age / halfLifeDays) : 0;
        var bound = BigInteger.One << (32 * halfLifeDays);
        var factor = (long)Math.Pow(2, 32 - (double)age / halfLifeDays);
        while (!Fits(factor)) factor--;
        while (Fits(factor + 1)) factor++;
        return factor;

        bool Fits(long x) => BigInteger.Pow(x, halfLifeDays) << age <= bound;
    }
}
