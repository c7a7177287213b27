using Orleans.Placement;

namespace Scoring.Subjects;

/// <summary>A citizen in one programme.</summary>
[GrainType("citizen"), PreferLocalPlacement]
internal sealed class CitizenGrain(SubjectDependencies services) : SubjectGrain(SubjectKind.Citizen, services), ICitizenGrain;
