using Orleans.Runtime;
using Scoring.Scores;

namespace Scoring.Subjects;

/// <summary>Gets the grains that queries ask.</summary>
internal static class SubjectGrainFactoryExtensions
{
    /// <summary>Returns the grain of a subject.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unknown.</exception>
    public static ISubjectGrain Subject(this IGrainFactory grains, SubjectKind kind, SubjectId subject) => kind switch
    {
        SubjectKind.Citizen => (ISubjectGrain)Reference(grains, "citizen", subject.Value),
        SubjectKind.Vehicle => (ISubjectGrain)Reference(grains, "vehicle", subject.Value),
        SubjectKind.Merchant => (ISubjectGrain)Reference(grains, "merchant", subject.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Returns a decoy, as fast as a subject.</summary>
    public static IDecoyGrain Decoy(this IGrainFactory grains, byte number) => (IDecoyGrain)Reference(grains, "decoy", number);

    // By an interface, the factory would read its attributes for each query. Here the grain's type has the name of its interface's.
    private static IAddressable Reference(IGrainFactory grains, string name, long key) =>
        grains.GetGrain(
            GrainId.Create(GrainType.Create(name), GrainIdKeyExtensions.CreateIntegerKey(key)), GrainInterfaceType.Create(name));
}
