using Orleans.Placement;

namespace Scoring.Subjects;

/// <summary>A vehicle in one programme.</summary>
[GrainType("vehicle"), PreferLocalPlacement]
internal sealed class VehicleGrain(SubjectDependencies services) : SubjectGrain(SubjectKind.Vehicle, services), IVehicleGrain;
