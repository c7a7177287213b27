using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>An arbitrary cause of an erasure.</summary>
internal static class SomeCause
{
    /// <summary>A participant's request.</summary>
    public static ErasureCause Asked { get; } = new(Some.Request);
}
