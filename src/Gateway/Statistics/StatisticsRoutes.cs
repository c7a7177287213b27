using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Scoring.Hosting;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Statistics;

/// <summary>The public route of a programme's monthly statistics.</summary>
internal static class StatisticsRoutes
{
    public static void MapStatistics(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/programmes/{p:programme}/statistics/{month:month}", Read).WithTags("Programmes").AllowAnonymous()
            .WithMetadata(new ImmutableResponseMetadata()).Produces<MonthStatistics>()
            .WithName("readStatistics").WithSummary("Count a month's events and contests; the bytes never change")
            .WithDescription(
                "The statistics are made once, when no more events of the month are accepted. Until then the problem "
                + "`statistics-not-there-yet` says from which day they exist. A count of fewer than 20 entries, or of entries of fewer "
                + "than 20 subjects, is `null`. Totals are sums of the counts shown.")
            .Refuses(404, 429, 503);

    /// <summary>Answers the document's bytes as they are stored.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemResult>> Read(
        ProgrammeId p, StatisticsMonth month, IdempotentCalls calls, CancellationToken cancellationToken)
    {
        var answer = await calls.Send((IStatisticsGrain grain) => grain.Read(p, month), cancellationToken);
        if (answer?.Document is { } document)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(document));
            return TypedResults.File(document, "application/json", entityTag: new EntityTagHeaderValue($"\"{hash}\""));
        }

        return answer?.From is { } from
            ? new ProblemResult(Problem.StatisticsNotThereYet) { Detail = "The statistics exist from this day on: " + Text(from) }
            : new ProblemResult(Problem.NotFound);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
