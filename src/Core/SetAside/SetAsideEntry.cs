using System.Text;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.SetAside;

/// <summary>An entry that a fold could not value. A fault belongs to entry, rules and code together.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Turn">The entry's turn.</param>
/// <param name="Programme">The subject's programme.</param>
/// <param name="Kind">The kind of entry.</param>
/// <param name="Day">The entry's day. It is stored so that the note goes with the entry at the end of its retention.</param>
/// <param name="EventType">The event type; <see langword="null"/> when the body names none.</param>
/// <param name="RuleSet">The number of the rule set in force on that day.</param>
/// <param name="Fault">The reason, one of <see cref="EntryFault"/>.</param>
/// <param name="RulesHash">Hash of the programme's rules under which it was folded.</param>
/// <param name="FoldVersion">Version of the code that folded it.</param>
public sealed record SetAsideEntry(
    SubjectId Subject, long Turn, ProgrammeId Programme, EntryKind Kind, DateOnly Day, string? EventType, int RuleSet, string Fault,
    string RulesHash, int FoldVersion)
{
    private const int TypeCharsMax = 100;

    /// <summary>Describes an entry that was set aside.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="programme">The subject's programme.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="fault">The reason.</param>
    /// <param name="rules">The rules under which it was folded.</param>
    public static SetAsideEntry Of(SubjectId subject, ProgrammeId programme, Entry entry, string fault, ProgrammeRules rules) => new(
        subject, entry.Turn, programme, entry.Kind, entry.Day, TypeOf(entry.Body), rules.InForce(entry.Day).Number, fault, rules.Hash,
        FoldState.FoldVersion);

    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(SetAsideEntry);

    /// <summary>The name of the event type. A text of another form could hold anything, so it is left out.</summary>
    private static string? TypeOf(byte[] body)
    {
        EntryBodyReader.Read(body, out var read);
        if (read.Type.IsEmpty || read.Type.Length > TypeCharsMax) return null;
        var type = Encoding.UTF8.GetString(read.Type);
        return type.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') ? type : null;
    }
}
