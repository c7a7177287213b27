namespace Scoring.Client;

/// <summary>A subject as its participant sees it.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Ordinal">Its ordinal, 0 to 31.</param>
/// <param name="RuleSet">Hash of the rule set that the participant consented to.</param>
/// <param name="Since">The day of enrolment, in the programme's zone.</param>
/// <param name="Handles">Its linked handles, oldest first.</param>
/// <param name="Lapsed">
/// Whether a wider version is in force than the one consented to. Until the participant renews consent, every answer is neutral and
/// no event is accepted.
/// </param>
/// <param name="Coming">The notices of coming changes: published versions that are not in force yet.</param>
/// <param name="Restricted">
/// Whether the participant has paused everything. Until the participant lifts the pause, every answer is neutral and no event is
/// accepted.
/// </param>
public sealed record SubjectView(
    string Programme, int Ordinal, string RuleSet, DateOnly Since, IReadOnlyList<HandleView> Handles, bool Lapsed = false,
    IReadOnlyList<ComingChange>? Coming = null, bool Restricted = false);

/// <summary>The notice of a coming change.</summary>
/// <param name="RuleSet">Number of the coming rule set.</param>
/// <param name="Hash">Its hash, 64 lower-case hexadecimal digits.</param>
/// <param name="FirstDay">Its first day in force, in the programme's zone.</param>
/// <param name="Summary">What it does, in plain words.</param>
/// <param name="Differences">The differences from the version before it, in words.</param>
/// <param name="AsksConsent">Whether consent lapses on that day. The participant can renew it from that day on.</param>
public sealed record ComingChange(
    int RuleSet, string Hash, DateOnly FirstDay, string Summary, IReadOnlyList<string> Differences, bool AsksConsent);

/// <summary>A linked handle. The platform stores only its keyed hash.</summary>
/// <param name="Id">An opaque id, by which it is listed and unlinked.</param>
/// <param name="Source">The source that uses it.</param>
/// <param name="Since">The handle's start: only events at or after this instant count.</param>
public sealed record HandleView(string Id, string Source, DateTimeOffset Since);

/// <summary>A request to link handles.</summary>
/// <param name="HandleProofs">Compact JWS signed by the handles' sources, as at enrolment.</param>
public sealed record HandleLinkRequest(IReadOnlyList<string> HandleProofs);
