using System.Collections.Immutable;
using Scoring.Hosting;

namespace Scoring.Checkpoints;

/// <summary>Fakes the checkpoint grain: two checkpoints and one witness, whose cosignature is the line "— witness ok".</summary>
internal sealed class FakeCheckpoints : ICheckpointGrain
{
    public const string Cosignature = "— witness ok";

    private static readonly byte[] Hash = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public bool IsEmpty { get; set; }

    /// <summary>How often a consistency proof was asked for.</summary>
    public int ProofsMade { get; private set; }

    public Task<Checkpoint?> Latest() => Find(2);

    public Task<Checkpoint?> Find(long number) => Task.FromResult(
        IsEmpty || number > 2
            ? null
            : new Checkpoint(number, Some.Instant, "00", [new LogHead(0, 256, Hash)], $"log\n{number}\n\n— log signed\n"));

    public Task<ConsistencyProof?> Consistency(long earlier, long later)
    {
        ProofsMade++;
        return Task.FromResult(
            later > 2 ? null : new ConsistencyProof(earlier, later, [Hash], [new LogConsistency(0, 256, 512, [Hash])]));
    }

    public async Task<WitnessOutcome> Witness(long number, long verified, string? cosignature)
    {
        if (await Find(number) is not { } checkpoint) return new WitnessOutcome(null, null, false, WitnessRefusal.Unknown);
        if (cosignature is not null and not Cosignature)
            return new WitnessOutcome(null, null, false, WitnessRefusal.NotACosignature);
        return new WitnessOutcome(checkpoint, verified == 0 ? null : await Consistency(verified, number), cosignature is not null, null);
    }

    public Task<ImmutableArray<string>> Keys() => Task.FromResult<ImmutableArray<string>>(["log+1+a", "witness+2+b"]);
}
