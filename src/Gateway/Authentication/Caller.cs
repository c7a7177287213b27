using System.Reflection;
using System.Security.Claims;

namespace Scoring.Authentication;

/// <summary>Who calls, by the one claim of the route's role; the policy has made sure that it is there once.</summary>
/// <param name="Name">The source's id, the service's id, or the participant's pairwise subject identifier.</param>
internal sealed record Caller(string Name)
{
    /// <summary>Binds a handler's parameter from the checked token.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var claim = context.GetEndpoint()?.Metadata.GetMetadata<CallerClaim>()
            ?? throw new InvalidOperationException("The route names no role.");
        var name = context.User.FindFirstValue(claim.Type) ?? throw new InvalidOperationException("The role was not checked.");
        return new(new Caller(name));
    }

    /// <summary>Demands a role of a route or a group of routes.</summary>
    public static TBuilder For<TBuilder>(TBuilder routes, string role)
        where TBuilder : IEndpointConventionBuilder => routes
            .RequireAuthorization(role)
            .WithMetadata(new CallerClaim(role == Roles.Participant ? Claims.Subject : role));

    private sealed record CallerClaim(string Type);
}
