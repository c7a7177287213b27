using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Scoring.Hosting;

namespace Scoring.Checkpoints;

/// <summary>
/// Keeps consistency proofs, which everyone may ask for and which read many tiles. A proof that does not exist yet is not kept.
/// </summary>
internal sealed class ProofCache(IOptions<ProofCacheOptions> options) : IDisposable
{
    private readonly MemoryCache _proofs = new(new MemoryCacheOptions { SizeLimit = options.Value.CacheEntriesMax });

    /// <summary>Returns the proof that a checkpoint extends an earlier one; <see langword="null"/> when there is none.</summary>
    public async Task<ConsistencyResponse?> Consistency(long from, long to, IdempotentCalls calls, CancellationToken cancellationToken)
    {
        if (_proofs.TryGetValue((from, to), out ConsistencyResponse? kept)) return kept;
        var proof = await calls.Send((ICheckpointGrain grain) => grain.Consistency(from, to), cancellationToken);
        if (proof is null) return null;
        var response = ConsistencyResponse.Of(proof);
        _proofs.Set((from, to), response, new MemoryCacheEntryOptions
        {
            Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(options.Value.CacheSeconds),
        });
        return response;
    }

    /// <inheritdoc/>
    public void Dispose() => _proofs.Dispose();
}
