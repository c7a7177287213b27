using System.Collections.Immutable;
using System.Reflection;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Scoring.Authentication;

/// <summary>Who calls, by the one claim of the route's role; the policy has made sure that it is there once.</summary>
/// <param name="Name">
/// The source's id, the service's id, or the pairwise subject identifier of a participant, auditor or administrator.
/// </param>
/// <param name="Clients">The OAuth clients that the token was given to (<c>client_id</c>, RFC 9068; <c>azp</c>, OpenID Connect).</param>
/// <param name="IsAdult">Whether its claim <c>age_over_18</c> is JSON <c>true</c>, and no text or list of that look.</param>
internal sealed record Caller(string Name, ImmutableArray<string> Clients, bool IsAdult)
{
    /// <summary>Binds a handler's parameter from the checked token.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var claim = context.GetEndpoint()?.Metadata.GetMetadata<CallerClaim>()
            ?? throw new InvalidOperationException("The route names no role.");
        var user = context.User;
        var name = user.FindFirstValue(claim.Type) ?? throw new InvalidOperationException("The role was not checked.");
        ImmutableArray<string> clients =
            [.. user.FindAll(c => c.Type is Claims.ClientId or Claims.AuthorizedParty).Select(c => c.Value)];
        return new(new Caller(name, clients, SaysAdult(user)));
    }

    /// <summary>Demands a role of a route or a group of routes.</summary>
    public static TBuilder For<TBuilder>(TBuilder routes, string role)
        where TBuilder : IEndpointConventionBuilder => routes
            .RequireAuthorization(role)
            .WithMetadata(new CallerClaim(role is Roles.Participant or Roles.Administrator or Roles.Auditor ? Claims.Subject : role));

    // A claim in the principal is a text whatever it was in the token, and a list's elements look like single ones: the token itself tells.
    private static bool SaysAdult(ClaimsPrincipal user) =>
        user.Identity is CaseSensitiveClaimsIdentity { SecurityToken: JsonWebToken token }
        && token.TryGetPayloadValue<object>(Claims.AgeOver18, out var value) && value is true;

    private sealed record CallerClaim(string Type);
}
