using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>A fixed sample of subjects, the same on every silo and on every day.</summary>
internal static class SubjectSample
{
    /// <summary>Whether a subject is in it: its number, mixed by the end of SplitMix64, falls into the first percents.</summary>
    public static bool Has(SubjectId subject, int sharePercent)
    {
        var mixed = (ulong)subject.Value;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        return mixed % 100 < (ulong)sharePercent;
    }
}
