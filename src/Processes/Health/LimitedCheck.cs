using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Scoring.Health;

/// <summary>
/// Runs a check for a limited time. What the check throws is reported by its type alone, because the text of an exception may hold a
/// person's values or a secret.
/// </summary>
/// <param name="check">Makes the check. Making it may wait, so it is a part of the check.</param>
/// <param name="options">The limit.</param>
internal sealed class LimitedCheck(Func<IHealthCheck> check, IOptions<HealthOptions> options) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(options.Value.CheckMs);
        try
        {
            // A check that does not listen to its token is left behind.
            return await Task.Run(() => check().CheckHealthAsync(context, end.Token), end.Token).WaitAsync(end.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"It did not answer within {options.Value.CheckMs} ms.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var state = exception is DbException { SqlState: { } code } ? $" {code}" : "";
            return HealthCheckResult.Unhealthy($"It failed: {exception.GetType().Name}{state}.");
        }
    }
}
