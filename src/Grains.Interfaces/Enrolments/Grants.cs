namespace Scoring.Enrolments;

/// <summary>The outcome of a request for a grant. Exactly one member is set.</summary>
/// <param name="Granted">The new grant with its token.</param>
/// <param name="Refusal">Why the request was refused.</param>
[GenerateSerializer, Immutable, Alias("scoring.grant-outcome")]
public sealed record GrantOutcome(NewGrantView? Granted, GrantRefusal? Refusal);

/// <summary>Why a grant is refused.</summary>
public enum GrantRefusal
{
    /// <summary>The participant has no such subject.</summary>
    SubjectUnknown = 1,

    /// <summary>No such service is registered for the programme.</summary>
    ServiceUnknown = 2,

    /// <summary>The end is not in the future.</summary>
    UntilInPast = 3,

    /// <summary>The subject has its greatest number of grants (default 64). Used up grants do not count.</summary>
    TooManyGrants = 4,

    /// <summary>The number of uses is not from 1 to 1,000,000.</summary>
    UsesOutOfRange = 5,
}

/// <summary>A new grant.</summary>
/// <param name="Id">An opaque id, by which it is listed and revoked.</param>
/// <param name="Token">The token that the participant gives to the service: 43 characters of base64url, shown once.</param>
[GenerateSerializer, Immutable, Alias("scoring.new-grant-view")]
public sealed record NewGrantView(string Id, string Token)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(NewGrantView);
}

/// <summary>A grant that has not ended.</summary>
/// <param name="Id">An opaque id.</param>
/// <param name="Service">The service that may query.</param>
/// <param name="Since">The instant at which it was given.</param>
/// <param name="Until">The instant at which it ends; <see langword="null"/> for none.</param>
[GenerateSerializer, Immutable, Alias("scoring.grant-view")]
public sealed record GrantView(string Id, string Service, DateTimeOffset Since, DateTimeOffset? Until)
{
    /// <summary>The number of queries that it still allows; <see langword="null"/> for any number, 0 when it is used up.</summary>
    [Id(0)]
    public int? UsesLeft { get; init; }

    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(GrantView);
}
