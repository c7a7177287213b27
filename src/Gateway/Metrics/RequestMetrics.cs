using System.Diagnostics;
using System.Diagnostics.Metrics;
using Scoring.Hosting;
using Scoring.Problems;

namespace Scoring.Metrics;

/// <summary>
/// The metrics of the HTTP API. A route is named by its template and never by the address that was asked for, and an outcome by what the
/// caller sees, which does not depend on enrolment.
/// </summary>
internal static class RequestMetrics
{
    private const string Method = "http.request.method";
    private const string Route = "http.route";

    public static readonly Counter<long> Requests = ScoringMeter.Counter(
        "scoring.http.requests", "{request}",
        "Requests answered, by route and outcome: the kind of problem, the class of the status, or aborted.", Method, Route, "outcome");

    public static readonly Histogram<double> Durations = ScoringMeter.Durations(
        "scoring.http.request.duration", "Time from a request's head to the end of its answer. A live stream lasts as long as its client.",
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10], Method, Route);

    private static readonly string[] StatusClasses = ["0xx", "1xx", "2xx", "3xx", "4xx", "5xx"];

    /// <summary>Measures a request. It is the first middleware, so that it sees every answer.</summary>
    public static async Task Apply(HttpContext context, RequestDelegate next)
    {
        var began = Stopwatch.GetTimestamp();
        var isAnswered = false;
        try
        {
            await next(context);
            isAnswered = true;
        }
        finally
        {
            KeyValuePair<string, object?> method = new(Method, MethodOf(context.Request.Method));
            KeyValuePair<string, object?> route = new(Route, MatchedRoute.PatternOf(context) ?? "unmatched");
            Requests.Add(1, method, route, new("outcome", isAnswered ? OutcomeOf(context) : "aborted"));
            Durations.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, method, route);
        }
    }

    /// <summary>A caller may send any word as a method, so only the known ones are named, as OpenTelemetry asks.</summary>
    private static string MethodOf(string method) => method switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" => method,
        _ => "_OTHER",
    };

    private static string OutcomeOf(HttpContext context) =>
        context.Features.Get<Problem>()?.Name ?? StatusClasses[Math.Clamp(context.Response.StatusCode / 100, 0, 5)];
}
