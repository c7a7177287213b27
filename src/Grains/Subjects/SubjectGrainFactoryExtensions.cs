namespace Scoring.Subjects;

/// <summary>Gets a subject's grain by its kind.</summary>
internal static class SubjectGrainFactoryExtensions
{
    /// <summary>Returns the grain of a subject.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unknown.</exception>
    public static ISubjectGrain Subject(this IGrainFactory grains, SubjectKind kind, SubjectId subject) => kind switch
    {
        SubjectKind.Citizen => grains.GetGrain<ICitizenGrain>(subject.Value),
        SubjectKind.Vehicle => grains.GetGrain<IVehicleGrain>(subject.Value),
        SubjectKind.Merchant => grains.GetGrain<IMerchantGrain>(subject.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
