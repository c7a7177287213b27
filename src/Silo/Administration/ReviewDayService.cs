using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Ledger;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>
/// Suspends programmes whose impact assessment is past its day of review. The first silo that finds it does so, once for each day of
/// review: two administrators may resume the programme, and it is not suspended again for the same day.
/// </summary>
internal sealed partial class ReviewDayService(
    IProgrammeStore store, ProgrammeClock clock, IOptions<ProgrammeOptions> options, ILogger<ReviewDayService> log) : BackgroundService
{
    /// <summary>Checks all programmes once.</summary>
    public async Task Check(CancellationToken cancellationToken)
    {
        var state = await store.Read(cancellationToken);
        foreach (var versions in state.Documents.Versions.GroupBy(version => version.Terms.Id))
        {
            if (state.Suspended.Contains(versions.Key) || state.Ended.Contains(versions.Key)) continue;
            var today = ProgrammeDay.Of(clock.Now, TimeZoneInfo.FindSystemTimeZoneById(versions.First().Terms.Zone));
            var inForce = versions.Where(version => version.RuleSet.FirstDay <= today).MaxBy(version => version.RuleSet.Number);
            if (inForce is null || inForce.Assessment.ReviewBy >= today) continue;
            await store.SetSuspended(versions.Key, true, Suspension(versions.Key, inForce.Assessment.ReviewBy), cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.RefreshSeconds));
        do
        {
            try
            {
                await Check(stoppingToken);
            }
            catch (Exception exception) when (
                exception is NpgsqlException or LedgerUnavailableException or ProgrammesRefusedException or TimeoutException)
            {
                LogNotChecked(log, exception.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private NewAdminAction Suspension(ProgrammeId programme, DateOnly reviewBy)
    {
        var day = reviewBy.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"review\n{programme}\n{day}"));
        return new NewAdminAction(
            new Guid(key.AsSpan(0, 16), bigEndian: true), AdminActions.Suspended, programme, AdminActions.ByPlatform, clock.Now, null,
            [$"The impact assessment held until {day} and has not been renewed."], null);
    }

    [LoggerMessage(3101, LogLevel.Warning, "The days of review cannot be checked: {Exception}. The silo tries again")]
    private static partial void LogNotChecked(ILogger logger, string exception);
}
