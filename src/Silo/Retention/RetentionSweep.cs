using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Storage;

namespace Scoring.Retention;

/// <summary>Expires the entries of all programmes that are past their retention today.</summary>
internal sealed class RetentionSweep(RetentionExpirer expirer, RetentionDueDays due, IOptions<RetentionOptions> options)
{
    private const long LockKey = 0x5C0_E5A6;

    /// <summary>Expires everything that is due; returns how many entries were cleared.</summary>
    public async Task<long> ExpireAll(CancellationToken cancellationToken) =>
        (await expirer.Run(DueNow(), long.MaxValue, cancellationToken)).Cleared;

    /// <summary>
    /// Expires what is due within <see cref="RetentionOptions.SweepRowsMax"/> rows; returns how many entries were cleared. One silo at a
    /// time does it, to save work: this one returns 0 while another holds the lock.
    /// </summary>
    public async Task<long> ExpireSome(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var today = DueNow();
        await using var exclusive = await AdvisoryLock.TryTake(connection, LockKey, cancellationToken);
        return exclusive is null ? 0 : (await expirer.Run(today, options.Value.SweepRowsMax, cancellationToken)).Cleared;
    }

    /// <summary>All days are computed before a walk begins, so that a clock that jumps during the walk expires nothing.</summary>
    private DueDays[] DueNow() => [.. due.All()];
}
