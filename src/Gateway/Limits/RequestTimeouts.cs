using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Options;
using Scoring.Problems;

namespace Scoring.Limits;

/// <summary>Limits the duration of a request; a request that takes longer is 503.</summary>
internal sealed class RequestTimeouts(IOptions<GatewayLimits> limits) : IConfigureOptions<RequestTimeoutOptions>
{
    /// <summary>The policy of withdrawals, which may take up to <see cref="GatewayLimits.WithdrawalSecondsMax"/>.</summary>
    public const string Withdrawal = "withdrawal";

    /// <summary>The policy of archives, which may take up to <see cref="GatewayLimits.ExportSecondsMax"/>.</summary>
    public const string Export = "export";

    /// <inheritdoc/>
    public void Configure(RequestTimeoutOptions options)
    {
        options.DefaultPolicy = Policy(limits.Value.RequestSecondsMax);
        options.AddPolicy(Withdrawal, Policy(limits.Value.WithdrawalSecondsMax));
        options.AddPolicy(Export, Policy(limits.Value.ExportSecondsMax));
    }

    private static RequestTimeoutPolicy Policy(double seconds) => new()
    {
        Timeout = TimeSpan.FromSeconds(seconds),
        TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
        WriteTimeoutResponse = context => new ProblemResult(Problem.Unavailable).ExecuteAsync(context),
    };
}
