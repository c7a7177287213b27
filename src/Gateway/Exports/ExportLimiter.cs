using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Exports;

/// <summary>
/// Limits the archives that are made concurrently, by this process and for one participant or one case. Archives of participants and those
/// of auditors have places of their own.
/// </summary>
internal sealed class ExportLimiter : IDisposable
{
    // Hashes participants' names, so that memory holds no list of people. Each process makes its own key and never writes it.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly PartitionedRateLimiter<string> _byOwner;
    private readonly ConcurrencyLimiter _ofParticipants;
    private readonly ConcurrencyLimiter _ofAuditors;

    public ExportLimiter(IOptions<GatewayLimits> limits)
    {
        var value = limits.Value;
        _ofParticipants = new ConcurrencyLimiter(new() { PermitLimit = value.ExportsAtOnceMax });
        _ofAuditors = new ConcurrencyLimiter(new() { PermitLimit = value.AuditArchivesAtOnceMax });
        _byOwner = PartitionedRateLimiter.Create<string, string>(name => RateLimitPartition.GetConcurrencyLimiter(
            name, _ => new ConcurrencyLimiterOptions { PermitLimit = value.ExportsAtOnceOfOneMax }));
    }

    /// <summary>
    /// Acquires a lease, to be disposed when the archive is done; or <see langword="null"/> and why the limit refuses it.
    /// </summary>
    /// <param name="owner">The participant or the case that the archive is made for.</param>
    /// <param name="isAudit">Whether the archive is made for an auditor.</param>
    /// <param name="refusal">429 for the owner's limit, 503 for the process's.</param>
    public IDisposable? Acquire(string owner, bool isAudit, out Problem? refusal)
    {
        var own = _byOwner.AttemptAcquire(Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(owner))));
        if (!own.IsAcquired)
        {
            own.Dispose();
            refusal = Problem.TooManyRequests;
            return null;
        }
        var all = (isAudit ? _ofAuditors : _ofParticipants).AttemptAcquire();
        refusal = all.IsAcquired ? null : Problem.Unavailable;
        var permit = new ExportPermit(own, all);
        if (refusal is null) return permit;
        permit.Dispose();
        return null;
    }

    public void Dispose()
    {
        _byOwner.Dispose();
        _ofParticipants.Dispose();
        _ofAuditors.Dispose();
    }

    private sealed class ExportPermit(RateLimitLease own, RateLimitLease all) : IDisposable
    {
        public void Dispose()
        {
            all.Dispose();
            own.Dispose();
        }
    }
}
