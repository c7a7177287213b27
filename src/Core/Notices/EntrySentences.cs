using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Scoring.Ledger;

namespace Scoring.Notices;

/// <summary>
/// One plain sentence for each kind of entry. The only names in them are those of registered legal entities, sources and rules; a new kind
/// needs one row.
/// </summary>
internal static class EntrySentences
{
    /// <summary>What is named in a sentence, as it is registered today.</summary>
    internal sealed record Names(string? Service, string? Source, ImmutableArray<NoticePoints> Points);

    private static readonly FrozenDictionary<EntryKind, Func<StoredBody, Names, string>> Sentences =
        new Dictionary<EntryKind, Func<StoredBody, Names, string>>
        {
            [EntryKind.Erased] = (_, _) => "An entry was erased.",
            [EntryKind.Event] = (body, names) =>
                $"{names.Source ?? "A source"} sent an event of type {body.Text("type")}, which gives {Given(names.Points)}.",
            [EntryKind.Queried] = (_, names) => $"{names.Service ?? "A service"} asked for the score.",
            [EntryKind.Looked] = (body, _) => body.Text("by") == "auditor"
                ? $"An auditor looked at the history, for {body.Text("purpose")}."
                : "Somebody with the right to look, who is no service, looked at entries.",
            [EntryKind.Corrected] = (body, _) => $"The event {Turn(body)} was taken away and counts no more.",
            [EntryKind.ContestOpened] = (body, _) =>
                $"You contested the event {Turn(body)}; undecided after {body.Text("dueDay")}, it is decided for you.",
            [EntryKind.ContestDecided] = (body, _) =>
                $"Your contest of the event {Turn(body)} was {(body.Is("upheld") ? "upheld" : "rejected")}.",
            [EntryKind.Enrolled] = (_, _) => "You joined the programme.",
            [EntryKind.HandleLinked] = (_, names) => $"A handle of {names.Source ?? "a source"} was linked.",
            [EntryKind.HandleUnlinked] = (_, names) => $"A handle of {names.Source ?? "a source"} was unlinked.",
            [EntryKind.Granted] = (_, names) => $"You let {names.Service ?? "a service"} ask for the score.",
            [EntryKind.GrantRevoked] = (_, _) => "You took a grant back.",
            [EntryKind.Restricted] = (_, _) => "You paused everything.",
            [EntryKind.RestrictionLifted] = (_, _) => "You lifted the pause.",
            [EntryKind.Withdrawn] = (_, _) => "Somebody left the programme.",
            [EntryKind.Padding] = (_, _) => "The log was filled up.",
            [EntryKind.Act] = (_, _) => "An administrative act was recorded.",
            [EntryKind.ConsentRenewed] = (_, _) => "You consented to a later version of the programme.",
            [EntryKind.ContestExtended] = (body, _) =>
                $"You gave a further ground for your contest of the event {Turn(body)}; it is due by {body.Text("dueDay")} now.",
            [EntryKind.AuditCodeGiven] = (body, _) => $"You made a code for an auditor, good until {body.Text("expiresOn")}.",
            [EntryKind.Padded] = (_, _) => "It was noted how far the log was filled up.",
            [EntryKind.Expired] = (_, _) => "Entries past the days for which they are kept were erased.",
        }.ToFrozenDictionary();

    /// <summary>Whether there is a sentence of its own; a silo that is newer may have written what this one does not know.</summary>
    public static bool Knows(EntryKind kind) => Sentences.ContainsKey(kind);

    public static string Of(EntryKind kind, StoredBody body, Names names) =>
        Sentences.TryGetValue(kind, out var sentence) ? sentence(body, names) : "Something was recorded that is told in its body only.";

    private static string Turn(StoredBody body) => string.Create(CultureInfo.InvariantCulture, $"of turn {body.Number("turn")}");

    private static string Given(ImmutableArray<NoticePoints> points) => points.IsEmpty ? "no points" : string.Join(" and ", points.Select(
        one => string.Create(CultureInfo.InvariantCulture, $"{one.Points:+0;-0} points by the rule {one.Rule}")));
}
