using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>Selects a fixed sample of subjects, the same on every silo and on every day.</summary>
internal static class SubjectSample
{
    /// <summary>
    /// Whether the sample has a subject: its number, mixed by the finalizer of SplitMix64, modulo 100 is below the share.
    /// </summary>
    /// <param name="subject">The subject.</param>
    /// <param name="sharePercent">The share of the sample, 0 to 100.</param>
    public static bool Has(SubjectId subject, int sharePercent)
    {
        var mixed = (ulong)subject.Value;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        return mixed % 100 < (ulong)sharePercent;
    }
}
