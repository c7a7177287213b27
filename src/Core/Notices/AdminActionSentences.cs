using System.Collections.Frozen;
using System.Globalization;
using Scoring.Administration;

namespace Scoring.Notices;

/// <summary>
/// Writes one plain sentence for each public action. Sentences are made when a notice is read and are never stored; what administrators
/// wrote themselves is in the action's body.
/// </summary>
internal static class AdminActionSentences
{
    private static readonly FrozenDictionary<string, Func<StoredBody, string>> Sentences =
        new Dictionary<string, Func<StoredBody, string>>(StringComparer.Ordinal)
        {
            [AdminActions.Drafted] = _ => "An administrator drafted a version of the programme.",
            [AdminActions.Approved] = _ => "An administrator approved a drafted version.",
            [AdminActions.ApprovalTakenBack] = _ => "An approval of a drafted version was taken back.",
            [AdminActions.Published] = Published,
            [AdminActions.Suspended] =
                _ => "The programme was suspended. Until it is resumed, no events count and every answer is neutral.",
            [AdminActions.ResumeApproved] = _ => "One of the two approvals that resume the programme was given.",
            [AdminActions.Resumed] = _ => "The programme was resumed.",
            [AdminActions.EndApproved] = _ => "One of the two approvals that end the programme permanently was given.",
            [AdminActions.Ended] = _ => "The programme has ended permanently. Everything about its subjects is erased.",
            [AdminActions.Simulated] = _ => "A drafted version was simulated.",
            [AdminActions.Shadowed] = _ => "A published version was tried in parallel with the version in force.",
            [AdminActions.Proposed] = details => $"A change of {Registration(details)} was proposed.",
            [AdminActions.Registered] = details => $"{Registration(details, isStart: true)} was registered, or a later version of it.",
            [AdminActions.RegistrationSuspended] = details => $"{Registration(details, isStart: true)} was suspended.",
            [AdminActions.RegistrationResumed] = details => $"{Registration(details, isStart: true)} was resumed.",
            [AdminActions.RegistrationEnded] = details => $"{Registration(details, isStart: true)} was ended.",
            [AdminActions.ResumeApprovalTakenBack] = _ => "An approval to resume the programme was taken back.",
            [AdminActions.EndApprovalTakenBack] = _ => "An approval to end the programme permanently was taken back.",
            [AdminActions.ProposalDiscarded] = details =>
                $"A change of {Registration(details)} was discarded, because it conflicts with what is published.",
            [AdminActions.ContestDecided] = details =>
                $"A participant's contest of an event was {(details.Is("upheld") ? "upheld" : "rejected")}. The participant is not named.",
            [AdminActions.AuditOpened] = details =>
                $"An auditor opened a case until {details.Text("expiresOn")}. The purpose is {details.Text("purpose")}. "
                + "Each access is reported to the participant whose entries are read.",
            [AdminActions.SetAsideReplayed] =
                _ => "Entries that could not be valued were folded again. A score changes if one of them counts now.",
            [AdminActions.IncidentProposed] =
                _ => "A notice of an incident was proposed. Participants read it when another administrator confirms it.",
            [AdminActions.IncidentProposalTakenBack] = _ => "A proposed notice of an incident was taken back.",
            [AdminActions.IncidentNotified] = Incident,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether the action has a sentence. A newer silo may have recorded an action that this one does not know.</summary>
    public static bool Knows(string act) => Sentences.ContainsKey(act);

    /// <summary>The sentence of an action; a general one for an unknown action.</summary>
    public static string Of(string act, StoredBody details) => Sentences.TryGetValue(act, out var sentence)
        ? sentence(details)
        : "An administrative action was recorded that this version cannot describe. Its body says what it is.";

    private static string Published(StoredBody details)
    {
        if (details.Number("number") is not { } number || details.Text("firstDay") is not { } firstDay)
            return "A version of the programme was published.";
        var consent = details.Is("widens") ? " From that day on, nothing counts unless you consent to it." : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"Version {number} of the programme was published, in force from {firstDay}.{consent}");
    }

    /// <summary>The whole notice, so that a client that shows nothing but sentences tells the participant everything.</summary>
    private static string Incident(StoredBody details)
    {
        const string lead = "There was an incident with personal data of this programme.";
        using var notice = StoredBody.Read(details.Json("notice") ?? []);
        return notice.Text("nature") is { } nature
            ? $"{lead} What happened: {nature} What may follow: {notice.Text("consequences")} "
                + $"What is done, and what you can do: {notice.Text("measures")} Where to ask: {notice.Text("contact")}"
            : lead;
    }

    /// <summary>The registration in words; the record names it <c>{kind}/{id}</c>.</summary>
    private static string Registration(StoredBody details, bool isStart = false)
    {
        var parts = details.Text("registration")?.Split('/', 2);
        if (parts is not [var kind, var id]) return isStart ? "A registration" : "a registration";
        return $"{(isStart ? "The" : "the")} {kind.Replace('-', ' ')} {id}";
    }
}
