using System.Security.Cryptography;

namespace Scoring.Ledger;

/// <summary>Draws a random key of an entry or an administrative action. It says nothing about what it belongs to.</summary>
internal static class RandomKey
{
    public static Guid Next() => new(RandomNumberGenerator.GetBytes(16));
}
