namespace Scoring.Statistics;

/// <summary>Lets a route match only what can be a month; all else is not there.</summary>
internal sealed class MonthConstraint : IRouteConstraint
{
    /// <inheritdoc/>
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        StatisticsMonth.TryParse(values[routeKey] as string, out _);
}
