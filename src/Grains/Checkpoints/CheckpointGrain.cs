using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Scoring.Keys;

namespace Scoring.Checkpoints;

/// <summary>See <see cref="ICheckpointGrain"/>.</summary>
[GrainType("checkpoint"), Reentrant, StatelessWorker]
internal sealed class CheckpointGrain(ICheckpointStore store, CheckpointSigner signer, IOptions<CheckpointOptions> options)
    : Grain, ICheckpointGrain
{
    public Task<Checkpoint?> Latest() => store.Latest(CancellationToken.None);

    public Task<Checkpoint?> Find(long number) => store.Find(number, CancellationToken.None);

    public Task<ConsistencyProof?> Consistency(long earlier, long later) => store.Consistency(earlier, later, CancellationToken.None);

    public async Task<WitnessOutcome> Witness(long number, long previous, string? cosignature)
    {
        if (await Find(number) is not { } checkpoint) return Refused(WitnessRefusal.Unknown);
        var consistency = previous == 0 ? null : await Consistency(previous, number);
        if (previous != 0 && consistency is null) return Refused(WitnessRefusal.Unknown);
        if (cosignature is null) return new WitnessOutcome(checkpoint, consistency, IsKept: false, null);
        var text = CheckpointNote.TextOf(checkpoint.Note);
        if (Witnesses().Select(key => (key.Name, Line: key.Canonicalize(cosignature, text))).FirstOrDefault(read => read.Line is not null)
            is not { Line: { } line } witness)
        {
            return Refused(WitnessRefusal.NotACosignature);
        }
        await store.Cosign(number, witness.Name, line, CancellationToken.None);
        return new WitnessOutcome(await Find(number), consistency, IsKept: true, null);

        static WitnessOutcome Refused(WitnessRefusal refusal) => new(null, null, IsKept: false, refusal);
    }

    public Task<ImmutableArray<string>> Keys()
    {
        var own = signer.Key(options.Value.Origin).ToString();
        return Task.FromResult<ImmutableArray<string>>([own, .. options.Value.FormerKeys, .. options.Value.Witnesses]);
    }

    private IEnumerable<VerifierKey> Witnesses()
    {
        foreach (var text in options.Value.Witnesses)
            if (VerifierKey.TryParse(text, out var key)) yield return key;
    }
}
