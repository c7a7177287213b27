using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Scoring.Administration;

namespace Scoring.Authentication;

/// <summary>The claims of access tokens that count.</summary>
internal static class Claims
{
    public const string Roles = "roles";
    public const string Subject = "sub";
    public const string Source = "source";
    public const string Service = "service";
    public const string ClientId = "client_id";
    public const string AuthorizedParty = "azp";

    /// <summary>JSON <c>true</c> from the identity provider: the bearer is an adult. Nothing else about their age is ever read.</summary>
    public const string AgeOver18 = "age_over_18";
}

/// <summary>The roles that routes need. Each is a policy of the same name: the role, and the one claim that says who bears it.</summary>
internal static class Roles
{
    public const string Source = "source";
    public const string Service = "service";
    public const string Participant = "participant";
    public const string Auditor = "auditor";
    public const string Administrator = "administrator";

    private const int NameCharsMax = 512;

    /// <summary>Adds the policies; what names none is denied.</summary>
    public static void AddRoles(this AuthorizationBuilder builder) => builder
        .AddPolicy(Source, policy => Bearing(policy, Source, Claims.Source))
        .AddPolicy(Service, policy => Bearing(policy, Service, Claims.Service))
        .AddPolicy(Participant, policy => Bearing(policy, Participant, Claims.Subject))
        .AddPolicy(Auditor, policy => Bearing(policy, Auditor, Claims.Subject)
            .RequireAssertion(context => context.User.FindFirstValue(Claims.Subject) != AdminActions.ByPlatform))
        .AddPolicy(Administrator, policy => Bearing(policy, Administrator, Claims.Subject)
            .RequireAssertion(context => context.User.FindFirstValue(Claims.Subject) != AdminActions.ByPlatform))
        .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(_ => false).Build());

    private static AuthorizationPolicyBuilder Bearing(AuthorizationPolicyBuilder policy, string role, string claim) => policy
        .RequireAuthenticatedUser()
        .RequireRole(role)
        .RequireAssertion(context => context.User.FindAll(claim).ToArray() is [{ Value.Length: > 0 and <= NameCharsMax }]);
}
