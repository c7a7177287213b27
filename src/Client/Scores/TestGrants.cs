namespace Scoring.Client;

/// <summary>The fixed grants for <see cref="ScoresClient.Test"/>. A real query treats them as grants that lead nowhere.</summary>
public static class TestGrants
{
    /// <summary>The grant that is answered with <see cref="ProblemKinds.TooManyRequests"/>.</summary>
    public const string TooManyRequests = "test-too-many-requests";

    /// <summary>The grant that is answered with <see cref="ProblemKinds.Unavailable"/>.</summary>
    public const string Unavailable = "test-unavailable";

    /// <summary>The grant that is answered like one that is not valid: the floor and the tier <c>baseline</c>.</summary>
    public const string Neutral = "test-neutral";

    /// <summary>Returns the grant that is answered with a tier of the service's programme.</summary>
    public static string OfTier(string tier) => "test-tier-" + tier;
}
