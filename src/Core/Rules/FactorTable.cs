using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;

namespace Scoring.Rules;

/// <summary>
/// What is left of a day's points after fading, in units of 2^-32: factor(a, H) is the largest integer x with x^H · 2^a ≤ 2^(32H).
/// </summary>
public static class FactorTable
{
    /// <summary>All of it: 2^32.</summary>
    public const long Whole = 1L << 32;

    /// <summary>The greatest window and half-life, in days.</summary>
    public const int DaysMax = 730;

    private static readonly ConcurrentDictionary<int, long[]> Tables = new();

    /// <summary>The factors of ages 0 up to <see cref="DaysMax"/>, exclusive, made once per half-life.</summary>
    /// <param name="halfLifeDays">0 (no fading) to <see cref="DaysMax"/>.</param>
    public static ReadOnlySpan<long> Of(int halfLifeDays) => Table(halfLifeDays);

    /// <summary>SHA-256 of a table, each factor as a big-endian 64-bit integer; 64 lower-case hexadecimal digits.</summary>
    /// <param name="halfLifeDays">0 (no fading) to <see cref="DaysMax"/>.</param>
    public static string HashOf(int halfLifeDays)
    {
        var bytes = new byte[DaysMax * sizeof(long)];
        var table = Table(halfLifeDays);
        for (var age = 0; age < DaysMax; age++) BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(age * sizeof(long)), table[age]);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    internal static long[] Table(int halfLifeDays) => Tables.GetOrAdd(halfLifeDays, Make);

    private static long[] Make(int halfLifeDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(halfLifeDays);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(halfLifeDays, DaysMax);
        var table = new long[DaysMax];
        for (var age = 0; age < DaysMax; age++) table[age] = Factor(age, halfLifeDays);
        return table;
    }

    /// <summary>Floating point only guesses; whole numbers decide, so that every machine has the same table.</summary>
    private static long Factor(int age, int halfLifeDays)
    {
        if (halfLifeDays == 0) return Whole;
        if (age % halfLifeDays == 0) return age / halfLifeDays <= 32 ? Whole >> (age / halfLifeDays) : 0;
        var bound = BigInteger.One << (32 * halfLifeDays);
        var guess = (long)Math.Pow(2, 32 - (double)age / halfLifeDays);
        while (!Fits(guess)) guess--;
        while (Fits(guess + 1)) guess++;
        return guess;

        bool Fits(long x) => BigInteger.Pow(x, halfLifeDays) << age <= bound;
    }
}
