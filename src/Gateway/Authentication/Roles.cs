using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Scoring.Administration;

namespace Scoring.Authentication;

/// <summary>The claims of access tokens that the gateway reads.</summary>
internal static class Claims
{
    public const string Roles = "roles";
    public const string Subject = "sub";
    public const string Source = "source";
    public const string Service = "service";
    public const string ClientId = "client_id";
    public const string AuthorizedParty = "azp";

    /// <summary>JSON <c>true</c> says that the bearer is an adult. The gateway reads nothing else about the bearer's age.</summary>
    public const string AgeOver18 = "age_over_18";
}

/// <summary>
/// The roles that routes require. Each has a policy of its name, which requires the role and the one claim that names the bearer.
/// </summary>
internal static class Roles
{
    public const string Source = "source";
    public const string Service = "service";
    public const string Participant = "participant";
    public const string Auditor = "auditor";
    public const string Administrator = "administrator";

    private const int NameCharsMax = 512;

    /// <summary>Adds the policies. A route without a policy is denied.</summary>
    public static void AddRoles(this AuthorizationBuilder builder) => builder
        .AddPolicy(Source, policy => RequireBearer(policy, Source, Claims.Source))
        .AddPolicy(Service, policy => RequireBearer(policy, Service, Claims.Service))
        .AddPolicy(Participant, policy => RequireBearer(policy, Participant, Claims.Subject))
        .AddPolicy(Auditor, policy => RequireBearer(policy, Auditor, Claims.Subject)
            .RequireAssertion(context => context.User.FindFirstValue(Claims.Subject) != AdminActions.ByPlatform))
        .AddPolicy(Administrator, policy => RequireBearer(policy, Administrator, Claims.Subject)
            .RequireAssertion(context => context.User.FindFirstValue(Claims.Subject) != AdminActions.ByPlatform))
        .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(_ => false).Build());

    private static AuthorizationPolicyBuilder RequireBearer(AuthorizationPolicyBuilder policy, string role, string claim) => policy
        .RequireAuthenticatedUser()
        .RequireRole(role)
        .RequireAssertion(context => context.User.FindAll(claim).ToArray() is [{ Value.Length: > 0 and <= NameCharsMax }]);
}
