using Scoring.Client;
using Scoring.Languages;

namespace Scoring.SetAside;

/// <summary>Writes groups of entries that are set aside in words, around codes that a later version of the platform may add.</summary>
/// <param name="texts">The texts of the language.</param>
internal sealed class SetAsideWording(Texts texts)
{
    /// <summary>Returns why no fold can value the entries.</summary>
    public string Fault(SetAsideGroup group) => texts.Find($"setAside.fault-{group.Fault}") ?? group.Fault;

    /// <summary>Returns what kind of entries they are.</summary>
    public string Kind(SetAsideGroup group) => group.Kind == EntryKind.Unknown
        ? ""
        : texts.Find($"setAside.kind-{Words.Of(group.Kind)}") ?? Words.Of(group.Kind);

    /// <summary>Returns a number that is rounded down, or hidden because it is about few people.</summary>
    public string Count(long? number) => number is { } known ? texts["setAside.at-least", known] : texts["setAside.few"];
}
