using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Scoring.Notices;
using Scoring.Problems;

namespace Scoring.Limits;

/// <summary>
/// Limits the rate of each client's requests by a token bucket, and the concurrent requests of each client, of each pool, and of all. So no
/// client holds the places of others, and no role those of another.
/// </summary>
internal sealed class RequestRateLimits(IOptions<GatewayLimits> limits, RequestPools pools, RequestClient clients)
    : IConfigureOptions<RateLimiterOptions>
{
    /// <inheritdoc/>
    public void Configure(RateLimiterOptions options)
    {
        var bucket = Bucket();
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(
                context => RateLimitPartition.GetTokenBucketLimiter(clients.Of(context).Name, _ => bucket)),
            new NamedRefusalLimiter(Concurrent(OfClient, "streams"), Problem.TooManyRequests),
            Concurrent(OfPool, default),
            Concurrent(_ => Limited(true, limits.Value.RequestsAtOnceMax), false));
        options.OnRejected = Reject;
    }

    /// <summary>Limits concurrent requests, except streams of notices, which <see cref="NoticeStreamLimiter"/> limits.</summary>
    private static PartitionedRateLimiter<HttpContext> Concurrent<TKey>(
        Func<HttpContext, RateLimitPartition<TKey>> partition, TKey streams)
        where TKey : notnull => PartitionedRateLimiter.Create<HttpContext, TKey>(
            context => EventStream.IsRequested(context) ? RateLimitPartition.GetNoLimiter(streams) : partition(context));

    private static RateLimitPartition<TKey> Limited<TKey>(TKey key, int max) =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new() { PermitLimit = max });

    private RateLimitPartition<string> OfClient(HttpContext context)
    {
        var (kind, name) = clients.Of(context);
        var isWitness = RequestPools.Of(context) == RequestPool.Witnesses;
        return Limited(isWitness ? "witness " + name : name, pools.MaxOf(kind, isWitness));
    }

    private RateLimitPartition<RequestPool> OfPool(HttpContext context)
    {
        var pool = RequestPools.Of(context);
        return Limited(pool, pools.MaxOf(pool));
    }

    private TokenBucketRateLimiterOptions Bucket() => new()
    {
        TokenLimit = limits.Value.RequestsBurst,
        TokensPerPeriod = Math.Max(1, limits.Value.RequestsPerSecond / 10),
        ReplenishmentPeriod = limits.Value.RequestsPerSecond < 10
            ? TimeSpan.FromSeconds(1.0 / limits.Value.RequestsPerSecond)
            : TimeSpan.FromMilliseconds(100),
    };

    private static ValueTask Reject(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var lease = context.Lease;
        var result = lease.TryGetMetadata(MetadataName.RetryAfter, out var delay)
            ? new ProblemResult(Problem.TooManyRequests) { RetryAfter = delay }
            : new ProblemResult(lease.TryGetMetadata(NamedRefusalLimiter.Refusal, out var named) ? named! : Problem.Unavailable);
        return new ValueTask(result.ExecuteAsync(context.HttpContext));
    }
}
