using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Notices;
using Scoring.Problems;

namespace Scoring.Limits;

/// <summary>A bucket of requests for each client, counted on its token and on nothing it asks; and one bound for all together.</summary>
internal sealed class RequestRateLimits(IOptions<GatewayLimits> limits) : IConfigureOptions<RateLimiterOptions>
{
    // Keys a client's name in memory, so that no list of people lies there. New in each process, never written.
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    /// <inheritdoc/>
    public void Configure(RateLimiterOptions options)
    {
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(
                context => RateLimitPartition.GetTokenBucketLimiter(Client(context), _ => Bucket())),
            PartitionedRateLimiter.Create<HttpContext, string>(
                context => EventStream.IsAskedFor(context)
                    ? RateLimitPartition.GetNoLimiter("streams") // they last, and have a bound of their own
                    : RateLimitPartition.GetConcurrencyLimiter("all", _ => new() { PermitLimit = limits.Value.RequestsAtOnceMax })));
        options.OnRejected = Reject;
    }

    private TokenBucketRateLimiterOptions Bucket() => new()
    {
        TokenLimit = limits.Value.RequestsBurst,
        TokensPerPeriod = Math.Max(1, limits.Value.RequestsPerSecond / 10),
        ReplenishmentPeriod = limits.Value.RequestsPerSecond < 10
            ? TimeSpan.FromSeconds(1.0 / limits.Value.RequestsPerSecond)
            : TimeSpan.FromMilliseconds(100),
    };

    private ValueTask Reject(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var refused = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
            ? new ProblemResult(Problem.TooManyRequests) { RetryAfter = wait }
            : new ProblemResult(Problem.Unavailable);
        return new ValueTask(refused.ExecuteAsync(context.HttpContext));
    }

    private string Client(HttpContext context)
    {
        var user = context.User;
        var name = user.FindFirstValue(Claims.Source) ?? user.FindFirstValue(Claims.Service) ?? user.FindFirstValue(Claims.Subject)
            ?? string.Create(CultureInfo.InvariantCulture, $"address {context.Connection.RemoteIpAddress}");
        return Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(name)));
    }
}
