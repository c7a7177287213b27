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

/// <summary>
/// Limits the rate of each client's requests by a token bucket, and the concurrent requests of all clients. A client is counted by its
/// access token alone, never by what it requests.
/// </summary>
internal sealed class RequestRateLimits(IOptions<GatewayLimits> limits) : IConfigureOptions<RateLimiterOptions>
{
    // Hashes clients' names, so that memory holds no list of people. Each process makes its own key and never writes it.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <inheritdoc/>
    public void Configure(RateLimiterOptions options)
    {
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(
                context => RateLimitPartition.GetTokenBucketLimiter(Client(context), _ => Bucket())),
            PartitionedRateLimiter.Create<HttpContext, string>(
                context => EventStream.IsRequested(context)
                    ? RateLimitPartition.GetNoLimiter("streams") // NoticeStreamLimiter limits these long requests
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
        var result = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var delay)
            ? new ProblemResult(Problem.TooManyRequests) { RetryAfter = delay }
            : new ProblemResult(Problem.Unavailable);
        return new ValueTask(result.ExecuteAsync(context.HttpContext));
    }

    private string Client(HttpContext context)
    {
        var user = context.User;
        var name = user.FindFirstValue(Claims.Source) ?? user.FindFirstValue(Claims.Service) ?? user.FindFirstValue(Claims.Subject)
            ?? string.Create(CultureInfo.InvariantCulture, $"address {context.Connection.RemoteIpAddress}");
        return Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(name)));
    }
}
