using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>Reads a draft and names everything that keeps it from being published. Pure.</summary>
public static class DraftCheck
{
    /// <summary>Checks a draft against what is published: the form, the rules' sense, the publication gate, the notice.</summary>
    /// <param name="json"><c>{"programme":{…},"ruleSet":{…},"assessment":{…}}</c> in UTF-8.</param>
    /// <param name="programme">The programme that it is a draft of.</param>
    /// <param name="published">Everything published.</param>
    /// <param name="now">The programmes' clock.</param>
    /// <param name="limits">How much notice there must be.</param>
    public static CheckedDraft Check(
        ReadOnlyMemory<byte> json, ProgrammeId programme, DocumentSet published, DateTimeOffset now, PublicationLimits limits) =>
        throw new NotSupportedException("Not there yet.");
}

/// <summary>How far ahead versions are published.</summary>
/// <param name="NoticeDays">Days from publication to a later version's first day, 1 to 365.</param>
/// <param name="FirstNoticeDays">The same for a programme's first version, 1 to 365.</param>
public sealed record PublicationLimits(int NoticeDays, int FirstNoticeDays);

/// <summary>A draft that was read.</summary>
/// <param name="Version">What would be published; <see langword="null"/> when there are problems.</param>
/// <param name="Problems">Everything wrong, pointers from the draft's root.</param>
/// <param name="Canonical">The draft in canonical JSON; the text as given when it is no JSON.</param>
/// <param name="Hash">SHA-256 of <paramref name="Canonical"/>, 64 lower-case hexadecimal digits.</param>
public sealed record CheckedDraft(ProgrammeVersion? Version, ImmutableArray<DraftProblem> Problems, byte[] Canonical, string Hash);
