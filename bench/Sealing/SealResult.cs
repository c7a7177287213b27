namespace Scoring.Bench.Sealing;

/// <summary>The result of the bench.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Cores">How many processors platform, database and client share.</param>
/// <param name="Events">How many events were accepted over HTTP.</param>
/// <param name="IngestPerSecond">Accepted events per second, until the last answer.</param>
/// <param name="IngestCpuUs">Processor time of an event in microseconds: platform, client and database.</param>
/// <param name="SealedPerSecond">Leaves of these events built into tiles per second, on one connection.</param>
/// <param name="SealCpuUs">Processor time of a leaf in microseconds: platform and database.</param>
/// <param name="CostRatio">The processor time of sealing to that of ingestion.</param>
/// <param name="Entries">How many entries the whole ledger has.</param>
/// <param name="SealedPerSecondLarge">Leaves of the rest of the ledger built into tiles per second.</param>
/// <param name="CheckpointMs">The time of one checkpoint in milliseconds: checks, filling, roots and signature.</param>
/// <param name="Proofs">How many inclusion proofs were requested.</param>
/// <param name="ProofMsP50">The median time of a proof, in milliseconds.</param>
/// <param name="ProofMsP99">The 99th percentile of the time of a proof, in milliseconds.</param>
/// <param name="ProofMsMax">The longest time of a proof, in milliseconds.</param>
public sealed record SealResult(
    string Bench, int Cores, long Events, double IngestPerSecond, double IngestCpuUs, double SealedPerSecond, double SealCpuUs,
    double CostRatio, long Entries, double SealedPerSecondLarge, double CheckpointMs, int Proofs, double ProofMsP50, double ProofMsP99,
    double ProofMsMax);
