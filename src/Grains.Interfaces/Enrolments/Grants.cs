namespace Scoring.Enrolments;

/// <summary>What became of a wish to grant. Exactly one member is set.</summary>
/// <param name="Granted">The new grant with its token.</param>
/// <param name="Refusal">Why not.</param>
[GenerateSerializer, Immutable, Alias("scoring.grant-outcome")]
public sealed record GrantOutcome(NewGrantView? Granted, GrantRefusal? Refusal);

/// <summary>Why a grant is refused.</summary>
public enum GrantRefusal
{
    /// <summary>No such subject of this participant.</summary>
    SubjectUnknown = 1,

    /// <summary>No such service is registered for the programme.</summary>
    ServiceUnknown = 2,

    /// <summary>The end does not lie in the future.</summary>
    UntilInPast = 3,

    /// <summary>The subject has its greatest number of grants (default 64), not counting the used up.</summary>
    TooManyGrants = 4,

    /// <summary>The number of uses does not lie from 1 to 1,000,000.</summary>
    UsesOutOfRange = 5,
}

/// <summary>A new grant.</summary>
/// <param name="Id">An opaque name, by which it is listed and taken back.</param>
/// <param name="Token">What the participant hands to the service: 43 characters of base64url, shown once.</param>
[GenerateSerializer, Immutable, Alias("scoring.new-grant-view")]
public sealed record NewGrantView(string Id, string Token);

/// <summary>A standing grant.</summary>
/// <param name="Id">An opaque name.</param>
/// <param name="Service">The service.</param>
/// <param name="Since">When it was given.</param>
/// <param name="Until">When it ends, or <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("scoring.grant-view")]
public sealed record GrantView(string Id, string Service, DateTimeOffset Since, DateTimeOffset? Until)
{
    /// <summary>How many questions it is still good for; <see langword="null"/> for any number, 0 when it is used up.</summary>
    [Id(0)]
    public int? UsesLeft { get; init; }
}
