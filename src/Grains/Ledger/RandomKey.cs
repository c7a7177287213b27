using System.Security.Cryptography;

namespace Scoring.Contests;

/// <summary>A random key of an entry or an act that says nothing about what it belongs to.</summary>
internal static class RandomKey
{
    public static Guid Next() => new(RandomNumberGenerator.GetBytes(16));
}
