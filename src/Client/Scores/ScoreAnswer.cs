namespace Scoring.Client;

/// <summary>A service's query.</summary>
/// <param name="Grant">The grant's token, which the participant gave to the service.</param>
public sealed record ScoreQueryRequest(string Grant);

/// <summary>
/// The answer to a service's query. Nothing in it depends on whether the grant led to a subject, except the score and tier
/// themselves.
/// </summary>
/// <param name="Programme">The service's programme.</param>
/// <param name="Score">The score in points; the floor when there is no subject to score.</param>
/// <param name="Tier">The tier; <c>baseline</c> when there is no subject to score.</param>
/// <param name="ValidUntil">The instant until which the same grant gets the same answer.</param>
/// <param name="Reference">The name by which participant and auditors refer to this answer: 22 characters of base64url.</param>
public sealed record ScoreAnswer(string Programme, long Score, string Tier, DateTimeOffset ValidUntil, string Reference);

/// <summary>A score and the tier that it falls into.</summary>
/// <param name="Score">The score in points, from the programme's floor to its ceiling, both inclusive.</param>
/// <param name="Tier">The tier's name.</param>
public sealed record ScoreValue(long Score, string Tier);
