namespace Scoring.Subjects;

/// <summary>From a subject's kind to its grain.</summary>
internal static class SubjectGrainFactoryExtensions
{
    public static ISubjectGrain Subject(this IGrainFactory grains, SubjectKind kind, SubjectId subject) => kind switch
    {
        SubjectKind.Citizen => grains.GetGrain<ICitizenGrain>(subject.Value),
        SubjectKind.Vehicle => grains.GetGrain<IVehicleGrain>(subject.Value),
        SubjectKind.Merchant => grains.GetGrain<IMerchantGrain>(subject.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
