using System.Text.Json;

namespace Scoring.Bench.Sealing;

/// <summary>What the bench prints, one line of JSON.</summary>
/// <param name="Bench">Its name.</param>
/// <param name="Cores">Processors that platform, database and client share.</param>
/// <param name="Events">Events accepted over HTTP.</param>
/// <param name="IngestPerSecond">Of them, a second, until the last answer.</param>
/// <param name="IngestCpuUs">Processor time an event, microseconds: platform, client and database.</param>
/// <param name="SealedPerSecond">The same entries' leaves made into tiles, a second, one after the other on one connection.</param>
/// <param name="SealCpuUs">Processor time a leaf, microseconds: platform and database.</param>
/// <param name="CostRatio">Sealing's processor time to that of taking in.</param>
/// <param name="Entries">Entries of the whole ledger.</param>
/// <param name="SealedPerSecondLarge">Leaves of the rest of the ledger a second.</param>
/// <param name="CheckpointMs">A whole checkpoint on top: checks, filling, roots, signature.</param>
/// <param name="Proofs">Inclusion proofs asked.</param>
/// <param name="ProofMsP50">Half of them took no longer.</param>
/// <param name="ProofMsP99">All but a hundredth took no longer.</param>
/// <param name="ProofMsMax">None took longer.</param>
public sealed record SealResult(
    string Bench, int Cores, long Events, double IngestPerSecond, double IngestCpuUs, double SealedPerSecond, double SealCpuUs,
    double CostRatio, long Entries, double SealedPerSecondLarge, double CheckpointMs, int Proofs, double ProofMsP50, double ProofMsP99,
    double ProofMsMax)
{
    /// <summary>The line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
