using System.Threading.RateLimiting;
using Scoring.Problems;

namespace Scoring.Limits;

/// <summary>A limiter whose refused leases say which problem the answer is.</summary>
internal sealed class NamedRefusalLimiter(PartitionedRateLimiter<HttpContext> inner, Problem problem) : PartitionedRateLimiter<HttpContext>
{
    /// <summary>The name under which a refused lease has its problem.</summary>
    public static readonly MetadataName<Problem> Refusal = new("scoring.refusal");

    /// <inheritdoc/>
    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => inner.GetStatistics(resource);

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) =>
        Named(inner.AttemptAcquire(resource, permitCount));

    /// <inheritdoc/>
    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(
        HttpContext resource, int permitCount, CancellationToken cancellationToken) =>
        Named(await inner.AcquireAsync(resource, permitCount, cancellationToken));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
    }

    /// <inheritdoc/>
    protected override ValueTask DisposeAsyncCore() => inner.DisposeAsync();

    private RateLimitLease Named(RateLimitLease lease) => lease.IsAcquired ? lease : new RefusedLease(lease, problem);

    private sealed class RefusedLease(RateLimitLease inner, Problem problem) : RateLimitLease
    {
        public override bool IsAcquired => false;

        public override IEnumerable<string> MetadataNames => inner.MetadataNames.Append(Refusal.Name);

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            if (metadataName != Refusal.Name) return inner.TryGetMetadata(metadataName, out metadata);
            metadata = problem;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
        }
    }
}
