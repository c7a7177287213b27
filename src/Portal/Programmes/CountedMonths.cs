using Scoring.Client;

namespace Scoring.Programmes;

/// <summary>Reads the statistics of a programme's last months.</summary>
internal static class CountedMonths
{
    /// <summary>Returns the months that are counted, the oldest first. A month without statistics is left out.</summary>
    public static async Task<IReadOnlyList<(DateOnly Month, MonthStatistics Counts)>> Read(
        ProgrammesClient programmes, ProgrammeResponse document, CancellationToken cancellationToken)
    {
        var lateness = document.Programme.LatenessDaysMax;
        var months = StatisticsMonths.Last(document.Today, document.Versions[0].FirstDay)
            .Where(month => StatisticsMonths.CountedOn(month, lateness) <= document.Today);
        var counts = await Task.WhenAll(
            months.Reverse().Select(async month => (Month: month, Counts: await Find(programmes, document, month, cancellationToken))));
        return [.. counts.Where(month => month.Counts is not null).Select(month => (month.Month, month.Counts!))];
    }

    private static async Task<MonthStatistics?> Find(
        ProgrammesClient programmes, ProgrammeResponse document, DateOnly month, CancellationToken cancellationToken)
    {
        try
        {
            return await programmes.ReadStatistics(document.Programme.Id, month.Year, month.Month, cancellationToken);
        }
        catch (ScoringProblemException exception)
            when (exception.Kind is ProblemKinds.StatisticsNotThereYet or ProblemKinds.NotFound)
        {
            return null; // the programme had not begun, or the month is being counted
        }
    }
}
