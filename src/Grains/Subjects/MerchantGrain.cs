using Orleans.Placement;

namespace Scoring.Subjects;

/// <summary>A merchant in one programme.</summary>
[GrainType("merchant"), PreferLocalPlacement]
internal sealed class MerchantGrain(SubjectDependencies services) : SubjectGrain(SubjectKind.Merchant, services), IMerchantGrain;
