using System.Collections.Immutable;
using Scoring.Problems;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Scores;

/// <summary>
/// The fixed grants with which a service tests its own side: each tier of its programme, the neutral answer, and the refusals to expect.
/// They work on the route for tests alone. On the real one they lead nowhere, so that no tier can be made up there.
/// </summary>
internal static class ServiceTestGrants
{
    /// <summary>What the grant of a tier begins with; the tier's name follows.</summary>
    public const string TierPrefix = "test-tier-";

    /// <summary>The grant that is answered with 429.</summary>
    public const string TooManyRequests = "test-too-many-requests";

    /// <summary>The grant that is answered with 503.</summary>
    public const string Unavailable = "test-unavailable";

    // 22 characters of base64url like that of every answer, and the same in all tests.
    private const string Reference = "test-test-test-test-te";

    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(5);

    /// <summary>Returns the refusal that a grant stands for, or <see langword="null"/>.</summary>
    public static Problem? RefusalOf(string grant) => grant switch
    {
        TooManyRequests => Problem.TooManyRequests,
        Unavailable => Problem.Unavailable,
        _ => null,
    };

    /// <summary>Returns the answer to a grant: the start of its tier, or the floor when it names none.</summary>
    public static ScoreAnswer Answer(ServiceSchema service, string grant, DateTimeOffset now)
    {
        var tier = grant.StartsWith(TierPrefix, StringComparison.Ordinal)
            ? service.Tiers.FirstOrDefault(tier => grant.AsSpan(TierPrefix.Length).SequenceEqual(tier.Name))
            : null;
        tier ??= service.Tiers[0];
        return new ScoreAnswer(
            service.Programme, Math.Max(service.Floor, tier.From), tier.Name,
            DateTimeOffset.FromUnixTimeSeconds((now + Validity).ToUnixTimeSeconds()), Reference);
    }
}

/// <summary>What a service may be told.</summary>
/// <param name="Programme">Its programme.</param>
/// <param name="Floor">The programme's floor, in points.</param>
/// <param name="Tiers">The tiers of the rule set in force, from the lowest.</param>
internal sealed record ServiceSchema(ProgrammeId Programme, long Floor, ImmutableArray<Tier> Tiers);
