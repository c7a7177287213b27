namespace Scoring.Statistics;

/// <summary>Lets a route match only a text that can be a month. Any other text is 404.</summary>
internal sealed class MonthConstraint : IRouteConstraint
{
    /// <inheritdoc/>
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        StatisticsMonth.TryParse(values[routeKey] as string, out _);
}
