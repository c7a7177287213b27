using System.Collections.Frozen;
using System.Globalization;
using Scoring.Administration;

namespace Scoring.Notices;

/// <summary>One plain sentence for each public act. What administrators wrote themselves stands in the body.</summary>
internal static class AdminActionSentences
{
    private static readonly FrozenDictionary<string, Func<StoredBody, string>> Sentences =
        new Dictionary<string, Func<StoredBody, string>>(StringComparer.Ordinal)
        {
            [AdminActions.Drafted] = _ => "An administrator drafted a version of the programme.",
            [AdminActions.Approved] = _ => "An administrator approved a drafted version.",
            [AdminActions.Published] = Published,
            [AdminActions.Suspended] = _ => "The programme was suspended: nothing counts and every answer is neutral until it is resumed.",
            [AdminActions.ResumeApproved] = _ => "One of two administrators approved resuming the programme.",
            [AdminActions.Resumed] = _ => "The programme was resumed.",
            [AdminActions.EndApproved] = _ => "One of two administrators approved ending the programme for good.",
            [AdminActions.Ended] = _ => "The programme has ended for good, and everything about its subjects is erased.",
            [AdminActions.Simulated] = _ => "A drafted version was simulated.",
            [AdminActions.Shadowed] = _ => "A published version was tried beside the one in force.",
            [AdminActions.Proposed] = details => $"A change of {Registration(details)} was proposed.",
            [AdminActions.Registered] = details => $"{Registration(details, begins: true)} was registered, or a later version of it.",
            [AdminActions.RegistrationSuspended] = details => $"{Registration(details, begins: true)} was suspended.",
            [AdminActions.RegistrationResumed] = details => $"{Registration(details, begins: true)} was resumed.",
            [AdminActions.RegistrationEnded] = details => $"{Registration(details, begins: true)} was ended.",
            [AdminActions.ContestDecided] = details =>
                $"Somebody's contest of an event was {(details.Is("upheld") ? "upheld" : "rejected")}; whose, nobody is told.",
            [AdminActions.AuditOpened] = details =>
                $"An auditor opened a case until {details.Text("expiresOn")}, for {details.Text("purpose")}; whoever is looked at is told.",
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether there is a sentence of its own.</summary>
    public static bool Knows(string act) => Sentences.ContainsKey(act);

    public static string Of(string act, StoredBody details) => Sentences.TryGetValue(act, out var sentence)
        ? sentence(details)
        : "An administrative act was recorded that is told in its body only.";

    private static string Published(StoredBody details)
    {
        if (details.Number("number") is not { } number || details.Text("firstDay") is not { } firstDay)
            return "A version of the programme was published.";
        var asks = details.Is("widens") ? "; from that day on nothing counts unless you consent to it" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"Version {number} of the programme was published, in force from {firstDay}{asks}.");
    }

    /// <summary>The record names a registration <c>{kind}/{id}</c>.</summary>
    private static string Registration(StoredBody details, bool begins = false)
    {
        var parts = details.Text("registration")?.Split('/', 2);
        if (parts is not [var kind, var id]) return begins ? "A registration" : "a registration";
        return $"{(begins ? "The" : "the")} {kind.Replace('-', ' ')} {id}";
    }
}
