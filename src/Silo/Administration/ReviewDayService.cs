using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Scoring.Background;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>
/// Suspends programmes whose impact assessment is past its day of review. The first silo that finds it does so, once for each day of
/// review: two administrators may resume the programme, and it is not suspended again for the same day.
/// </summary>
internal sealed class ReviewDayService(
    IProgrammeStore store, ProgrammeClock clock, IOptions<ProgrammeOptions> options, BackgroundStepRunner steps) : BackgroundService
{
    /// <summary>Checks all programmes once.</summary>
    public async Task Check(CancellationToken cancellationToken)
    {
        // Read once, so that a clock that jumps during the check suspends nothing.
        var now = clock.Now;
        var state = await store.Read(cancellationToken);
        foreach (var versions in state.Documents.Versions.GroupBy(version => version.Terms.Id))
        {
            if (state.Suspended.Contains(versions.Key) || state.Ended.Contains(versions.Key)) continue;
            var today = ProgrammeDay.Of(now, TimeZoneInfo.FindSystemTimeZoneById(versions.First().Terms.Zone));
            var inForce = versions.Where(version => version.RuleSet.FirstDay <= today).MaxBy(version => version.RuleSet.Number);
            if (inForce is null || inForce.Assessment.ReviewBy >= today) continue;
            await store.SetSuspended(versions.Key, true, Suspension(versions.Key, inForce.Assessment.ReviewBy), cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => steps.Repeat(
        new BackgroundSchedule(
            TimeSpan.FromSeconds(options.Value.RefreshSeconds), new BackgroundStep("review-days", Check) { NeedsTrustedClock = true }),
        stoppingToken);

    private NewAdminAction Suspension(ProgrammeId programme, DateOnly reviewBy)
    {
        var day = reviewBy.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"review\n{programme}\n{day}"));
        return new NewAdminAction(
            new Guid(key.AsSpan(0, 16), bigEndian: true), AdminActions.Suspended, programme, AdminActions.ByPlatform, clock.Now, null,
            [$"The impact assessment held until {day} and has not been renewed."], null);
    }
}
