using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Scoring.Ledger;

namespace Scoring.Notices;

/// <summary>
/// Writes one plain sentence for each kind of entry. Sentences are made when a notice is read and are never stored. They name registered
/// legal entities, sources and rules only. A new kind of entry needs one row here.
/// </summary>
internal static class EntrySentences
{
    private static readonly FrozenDictionary<EntryKind, Func<StoredBody, Names, string>> Sentences =
        new Dictionary<EntryKind, Func<StoredBody, Names, string>>
        {
            [EntryKind.Erased] = (_, _) => "An entry was erased.",
            [EntryKind.Event] = (body, names) =>
                $"{names.Source ?? "A source"} sent an event of type {body.Text("type")}, which gives {Points(names.Points)}.",
            [EntryKind.Queried] = (_, names) => $"{names.Service ?? "A service"} asked for the score.",
            [EntryKind.Looked] = (body, _) => Access(body),
            [EntryKind.Corrected] = (body, _) => $"The event {Turn(body)} was corrected and no longer counts.",
            [EntryKind.ContestOpened] = (body, _) =>
                $"You contested the event {Turn(body)}. Without a decision by {body.Text("dueDay")}, your contest is upheld.",
            [EntryKind.ContestDecided] = (body, _) =>
                $"Your contest of the event {Turn(body)} was {(body.Is("upheld") ? "upheld" : "rejected")}.",
            [EntryKind.Enrolled] = (_, _) => "You joined the programme.",
            [EntryKind.HandleLinked] = (_, names) => $"A handle of {names.Source ?? "a source"} was linked.",
            [EntryKind.HandleUnlinked] = (_, names) => $"A handle of {names.Source ?? "a source"} was unlinked.",
            [EntryKind.Granted] = (_, names) => $"You gave {names.Service ?? "a service"} permission to ask for the score.",
            [EntryKind.GrantRevoked] = (_, _) => "You revoked a permission to ask for the score.",
            [EntryKind.Restricted] = (_, _) => "You paused your participation. No events are taken, and every answer is neutral.",
            [EntryKind.RestrictionLifted] = (_, _) => "You ended the pause of your participation.",
            [EntryKind.Withdrawn] = (_, _) => "A participant left the programme.",
            [EntryKind.Padding] = (_, _) => "The log was filled with an empty entry.",
            [EntryKind.Act] = (_, _) => "An administrative action was recorded.",
            [EntryKind.ConsentRenewed] = (_, _) => "You consented to a later version of the programme.",
            [EntryKind.ContestExtended] = (body, _) =>
                $"You gave a further ground for your contest of the event {Turn(body)}. It is now due by {body.Text("dueDay")}.",
            [EntryKind.AuditCodeGiven] = (body, _) => $"You created a code for an auditor. It is valid until {body.Text("expiresOn")}.",
            [EntryKind.Padded] = (_, _) => "The number of empty entries in the log was recorded.",
            [EntryKind.Expired] = (_, _) => "Entries at the end of their retention were erased.",
        }.ToFrozenDictionary();

    /// <summary>Whether the kind has a sentence. A newer silo may have written a kind that this one does not know.</summary>
    public static bool Knows(EntryKind kind) => Sentences.ContainsKey(kind);

    /// <summary>The sentence of an entry; a general one for an unknown kind.</summary>
    /// <param name="kind">The kind of entry.</param>
    /// <param name="body">The entry's body.</param>
    /// <param name="names">The registered names that the sentence uses.</param>
    public static string Of(EntryKind kind, StoredBody body, Names names) => Sentences.TryGetValue(kind, out var sentence)
        ? sentence(body, names)
        : "An entry was recorded that this version cannot describe. Its body says what it is.";

    private static string Access(StoredBody body) => body.Text("by") switch
    {
        "auditor" => $"An auditor read your history. The purpose is {body.Text("purpose")}.",
        "administrator" => "An administrator read the event that you contested.",
        _ => "A person with access rights read your entries.",
    };

    private static string Turn(StoredBody body) => string.Create(CultureInfo.InvariantCulture, $"of turn {body.Number("turn")}");

    private static string Points(ImmutableArray<NoticePoints> points) => points.IsEmpty ? "no points" : string.Join(" and ", points.Select(
        given => string.Create(CultureInfo.InvariantCulture, $"{given.Points:+0;-0} points by the rule {given.Rule}")));

    /// <summary>The names in a sentence, as they are registered today.</summary>
    /// <param name="Service">The legal entity of the service; <see langword="null"/> when the entry has none.</param>
    /// <param name="Source">The name of the source; <see langword="null"/> when the entry has none.</param>
    /// <param name="Points">The points that rules give an event.</param>
    internal sealed record Names(string? Service, string? Source, ImmutableArray<NoticePoints> Points);
}
