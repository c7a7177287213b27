namespace Scoring.Programmes;

/// <summary>Lets a route match only a text that can be a programme's name. Any other text is 404.</summary>
internal sealed class ProgrammeConstraint : IRouteConstraint
{
    /// <inheritdoc/>
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        ProgrammeId.TryParse(values[routeKey] as string, out _);
}
