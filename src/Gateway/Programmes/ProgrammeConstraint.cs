namespace Scoring.Programmes;

/// <summary>Lets a route match only what can be a programme's name; all else is not there.</summary>
internal sealed class ProgrammeConstraint : IRouteConstraint
{
    /// <inheritdoc/>
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        ProgrammeId.TryParse(values[routeKey] as string, out _);
}
