using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Exports;

/// <summary>How many archives are made at once: by this process, and for one participant.</summary>
internal sealed class ExportLimiter : IDisposable
{
    // Keys a participant's name in memory, so that no list of people lies there. New in each process, never written.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly PartitionedRateLimiter<string> _each;
    private readonly ConcurrencyLimiter _all;

    public ExportLimiter(IOptions<GatewayLimits> limits)
    {
        var value = limits.Value;
        _all = new ConcurrencyLimiter(new() { PermitLimit = value.ExportsAtOnceMax });
        _each = PartitionedRateLimiter.Create<string, string>(name => RateLimitPartition.GetConcurrencyLimiter(
            name, _ => new ConcurrencyLimiterOptions { PermitLimit = value.ExportsAtOnceOfOneMax }));
    }

    /// <summary>Takes a turn, to be disposed when the archive is done; or says why there is none now.</summary>
    public IDisposable? Take(string participant, out Problem? refusal)
    {
        var own = _each.AttemptAcquire(Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(participant))));
        if (!own.IsAcquired)
        {
            own.Dispose();
            refusal = Problem.TooManyRequests;
            return null;
        }
        var all = _all.AttemptAcquire();
        refusal = all.IsAcquired ? null : Problem.Unavailable;
        var turn = new Lease(own, all);
        if (refusal is null) return turn;
        turn.Dispose();
        return null;
    }

    public void Dispose()
    {
        _each.Dispose();
        _all.Dispose();
    }

    private sealed class Lease(RateLimitLease own, RateLimitLease all) : IDisposable
    {
        public void Dispose()
        {
            all.Dispose();
            own.Dispose();
        }
    }
}
