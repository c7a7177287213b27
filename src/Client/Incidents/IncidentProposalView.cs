namespace Scoring.Client;

/// <summary>A proposed notice of an incident.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Hash">SHA-256 of the notice in canonical JSON, 64 lower-case hexadecimal digits. The confirmation names it.</param>
/// <param name="Author">The administrator who proposed it.</param>
/// <param name="At">The instant at which it was proposed.</param>
/// <param name="ExpiresAt">The instant from which it can no longer be confirmed.</param>
/// <param name="Notice">The notice.</param>
public sealed record IncidentProposalView(
    string Programme, string Hash, string Author, DateTimeOffset At, DateTimeOffset ExpiresAt, IncidentNotice Notice);
