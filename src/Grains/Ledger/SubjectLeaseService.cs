using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Scoring.Background;
using Scoring.Recomputing;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>
/// Renews the registrations of this silo's active subjects with their partitions: one service instead of a timer in each subject. It looks
/// at a part of them each second, and at each of them several times before its lease ends.
/// </summary>
internal sealed class SubjectLeaseService(
    ActiveFolds folds, IOptions<SubjectOptions> options, TimeProvider machine, BackgroundStepRunner steps) : BackgroundService
{
    /// <summary>How often each subject is looked at between two renewals.</summary>
    internal const int LooksPerRenewal = 8;

    private int _next;

    /// <summary>Renews what is due in the next part of the active subjects.</summary>
    internal Task Renew(CancellationToken cancellationToken)
    {
        var seconds = Math.Max(1, options.Value.RenewSeconds / LooksPerRenewal);
        var now = machine.GetTimestamp();
        foreach (var fold in folds.Next(ref _next, seconds)) fold.RenewIfDue(now);
        return Task.CompletedTask;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => steps.Repeat(
        new BackgroundSchedule(TimeSpan.FromSeconds(1), new BackgroundStep("subject-leases", Renew)), stoppingToken);
}
