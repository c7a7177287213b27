using System.Collections.Immutable;
using System.Reflection;
using System.Security.Claims;

namespace Scoring.Authentication;

/// <summary>Who calls, by the one claim of the route's role; the policy has made sure that it is there once.</summary>
/// <param name="Name">The source's id, the service's id, or the pairwise subject identifier of a participant or administrator.</param>
/// <param name="Clients">The OAuth clients that the token was given to (<c>client_id</c>, RFC 9068; <c>azp</c>, OpenID Connect).</param>
internal sealed record Caller(string Name, ImmutableArray<string> Clients)
{
    /// <summary>Binds a handler's parameter from the checked token.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var claim = context.GetEndpoint()?.Metadata.GetMetadata<CallerClaim>()
            ?? throw new InvalidOperationException("The route names no role.");
        var user = context.User;
        var name = user.FindFirstValue(claim.Type) ?? throw new InvalidOperationException("The role was not checked.");
        return new(new Caller(name, [.. user.FindAll(c => c.Type is Claims.ClientId or Claims.AuthorizedParty).Select(c => c.Value)]));
    }

    /// <summary>Demands a role of a route or a group of routes.</summary>
    public static TBuilder For<TBuilder>(TBuilder routes, string role)
        where TBuilder : IEndpointConventionBuilder => routes
            .RequireAuthorization(role)
            .WithMetadata(new CallerClaim(role is Roles.Participant or Roles.Administrator ? Claims.Subject : role));

    private sealed record CallerClaim(string Type);
}
