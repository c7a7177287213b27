using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Runtime;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Storage;

namespace Scoring.Health;

/// <summary>Tells whether the silo can answer requests now.</summary>
internal sealed class SiloReadiness(IServiceProvider services, IOptions<HealthOptions> options)
{
    /// <summary>Returns why the silo cannot answer; <see langword="null"/> when it can.</summary>
    public async Task<string?> Obstacle(CancellationToken cancellationToken)
    {
        // Before the silo has begun to start, its services wait for the schema, so they are asked for only now.
        if (services.GetService<ISiloStatusOracle>()?.CurrentStatus != SiloStatus.Active) return "not-in-cluster";
        if (!await DatabaseAnswers(cancellationToken)) return "database";
        try
        {
            _ = services.GetRequiredService<CurrentRuleBook>().Current;
            return null;
        }
        catch (RuleBookStaleException)
        {
            return "rules-stale";
        }
    }

    private async Task<bool> DatabaseAnswers(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Value.DatabaseMs);
        try
        {
            await using var command = services.GetRequiredService<LedgerDatabase>().Readers.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(deadline.Token);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
