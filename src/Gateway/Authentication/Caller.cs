using System.Collections.Immutable;
using System.Reflection;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Scoring.Authentication;

/// <summary>The caller, named by the one claim of the route's role. The role's policy ensures that the token has exactly one.</summary>
/// <param name="Name">
/// The source's id, the service's id, or the pairwise subject identifier of a participant, auditor or administrator.
/// </param>
/// <param name="Clients">The OAuth clients that the token was issued to (<c>client_id</c>, RFC 9068; <c>azp</c>, OpenID Connect).</param>
/// <param name="IsAdult">Whether the claim <c>age_over_18</c> is JSON <c>true</c>, not the text <c>"true"</c> or a list with it.</param>
internal sealed record Caller(string Name, ImmutableArray<string> Clients, bool IsAdult)
{
    /// <summary>Binds a handler's parameter from the validated token.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var claim = context.GetEndpoint()?.Metadata.GetMetadata<CallerClaim>()
            ?? throw new InvalidOperationException("The route requires no role.");
        var user = context.User;
        var name = user.FindFirstValue(claim.Type) ?? throw new InvalidOperationException("The role's policy did not run.");
        ImmutableArray<string> clients =
            [.. user.FindAll(c => c.Type is Claims.ClientId or Claims.AuthorizedParty).Select(c => c.Value)];
        return new(new Caller(name, clients, SaysAdult(user)));
    }

    /// <summary>Requires a role for a route or a group of routes.</summary>
    public static TBuilder For<TBuilder>(TBuilder routes, string role)
        where TBuilder : IEndpointConventionBuilder => routes
            .RequireAuthorization(role)
            .WithMetadata(new CallerClaim(role is Roles.Participant or Roles.Administrator or Roles.Auditor ? Claims.Subject : role));

    // In the principal every claim is text, and an element of a list is like a single claim. Only the token keeps the JSON type.
    private static bool SaysAdult(ClaimsPrincipal user) =>
        user.Identity is CaseSensitiveClaimsIdentity { SecurityToken: JsonWebToken token }
        && token.TryGetPayloadValue<object>(Claims.AgeOver18, out var value) && value is true;

    private sealed record CallerClaim(string Type);
}
