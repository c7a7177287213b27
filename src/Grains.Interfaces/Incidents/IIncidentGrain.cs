using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Programmes;

namespace Scoring.Incidents;

/// <summary>
/// Tells every participant of one programme about an incident with personal data (GDPR Art. 34). Key: the programme's name. One
/// administrator proposes the notice, and it is told when another one confirms it. Then it is an action in the programme's record, and each
/// timeline shows that action. A proposal that waits too long expires. Every member first settles a confirmation that a crash interrupted.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
[Alias("scoring.IIncidentGrain"), GrainInterfaceType("incident")]
public interface IIncidentGrain : IGrainWithStringKey
{
    /// <summary>
    /// Returns the proposal that waits; <see langword="null"/> when none does. This call may write: it completes an interrupted
    /// confirmation.
    /// </summary>
    [Alias("Find")]
    Task<IncidentProposalView?> Find();

    /// <summary>
    /// Proposes a notice. It replaces a proposal that waits. The record says that one was proposed, with its hash and without its texts.
    /// The same notice by the same administrator again is the same proposal.
    /// </summary>
    /// <param name="administrator">The administrator.</param>
    /// <param name="notice">The notice. Its texts become public, so they name no person.</param>
    [Alias("Propose")]
    Task<IncidentOutcome> Propose(string administrator, IncidentNotice notice);

    /// <summary>Confirms the proposal of that hash: every participant is told.</summary>
    /// <param name="administrator">The administrator, who must not be the proposal's author.</param>
    /// <param name="hash">The proposal's hash, 64 lower-case hexadecimal digits.</param>
    [Alias("Confirm")]
    Task<AdminOutcome> Confirm(string administrator, string hash);

    /// <summary>
    /// Takes the administrator's own proposal back. It refuses as <see cref="AdminRefusal.Unknown"/> when no such proposal waits.
    /// </summary>
    /// <param name="administrator">The administrator.</param>
    [Alias("TakeBack")]
    Task<AdminOutcome> TakeBack(string administrator);
}

/// <summary>
/// What a participant is told about an incident, in plain words: the contents that GDPR Art. 34(2) demands. No text has control characters
/// or outer blanks.
/// </summary>
/// <param name="Nature">What happened, when, and to which data; 1 to 2,000 characters.</param>
/// <param name="Contact">Where to ask: the data protection officer's name of office and address; 1 to 500 characters.</param>
/// <param name="Consequences">What may follow for the participant; 1 to 2,000 characters.</param>
/// <param name="Measures">What is done about it, and what the participant can do; 1 to 2,000 characters.</param>
[GenerateSerializer, Immutable, Alias("scoring.incident-notice")]
public sealed record IncidentNotice(string Nature, string Contact, string Consequences, string Measures)
{
    /// <summary>The greatest length of a text, in UTF-16 units.</summary>
    public const int CharsMax = 2000;

    /// <summary>The greatest length of the contact, in UTF-16 units.</summary>
    public const int ContactCharsMax = 500;

    /// <summary>Prints the type alone: until it is confirmed, no second person has checked that the texts name no one.</summary>
    public override string ToString() => nameof(IncidentNotice);
}

/// <summary>A proposed notice of an incident.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Hash">SHA-256 of the notice in canonical JSON, 64 lower-case hexadecimal digits. The confirmation names it.</param>
/// <param name="Author">The administrator who proposed it.</param>
/// <param name="At">The instant at which it was proposed.</param>
/// <param name="ExpiresAt">The instant from which it can no longer be confirmed.</param>
/// <param name="Notice">The notice.</param>
[GenerateSerializer, Immutable, Alias("scoring.incident-proposal-view")]
public sealed record IncidentProposalView(
    ProgrammeId Programme, string Hash, string Author, DateTimeOffset At, DateTimeOffset ExpiresAt, IncidentNotice Notice)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(IncidentProposalView);
}

/// <summary>The outcome of proposing a notice: either the proposal or a refusal.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="Problems">The problems of the texts, when it was refused for them; else empty.</param>
[GenerateSerializer, Immutable, Alias("scoring.incident-outcome")]
public sealed record IncidentOutcome(
    IncidentProposalView? Proposal, AdminRefusal? Refusal, ImmutableArray<DraftProblem> Problems);
