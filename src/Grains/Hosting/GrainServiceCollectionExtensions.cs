using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Scoring.AccessLog;
using Scoring.Administration;
using Scoring.Background;
using Scoring.Enrolments;
using Scoring.Grants;
using Scoring.Handles;
using Scoring.Intake;
using Scoring.Ledger;
using Scoring.Notices;
using Scoring.Programmes;
using Scoring.Recomputing;
using Scoring.Scores;
using Scoring.SetAside;
using Scoring.Subjects;
using Scoring.WhatIf;

namespace Scoring.Hosting;

/// <summary>Registers the services of the grains, except the ports and the keys.</summary>
public static class GrainServiceCollectionExtensions
{
    /// <summary>
    /// Adds the grains' services, and their options from the sections <c>Subjects</c>, <c>Partitions</c>, <c>Intake</c>, <c>Queries</c>,
    /// <c>Participants</c>, <c>RuleBook</c>, <c>Publication</c>, <c>Notices</c> and <c>SetAside</c>, all validated at start.
    /// Names that this silo does not know need an <see cref="IRuleBookRenewal"/>. Administrators' grains need a grain storage named
    /// <see cref="AdministrationStorage.Name"/>, an <see cref="IProgrammeStore"/> and an <see cref="ISetAsideStore"/>; the grain of notices
    /// needs an <see cref="INoticeLedger"/>; snapshots and background steps need an <see cref="Clocks.IReferenceClock"/>.
    /// </summary>
    public static IServiceCollection AddScoringGrains(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddBackgroundSteps();
        services.TryAddSingleton(provider => new ProgrammeClock(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CurrentRuleBook>();
        services.AddSingleton<CurrentCatalogue>();
        services.AddSingleton<NewestCatalogue>();
        services.AddSingleton<IntakeDependencies>();
        services.AddSingleton<LedgerIncarnation>();
        services.AddSingleton<ActiveFolds>();
        services.AddSingleton<SetAsideNotes>();
        services.AddSingleton<PartitionSubscriptions>();
        services.TryAddSingleton<FlushTraces>();
        services.AddSingleton<PartitionDependencies>();
        services.AddSingleton<SubjectDependencies>();
        services.AddHostedService<SubjectLeaseService>();
        services.AddSingleton<SubjectScores>();
        AddParticipants(services);
        services.AddSingleton<DecoyReader>().AddSingleton<ScoreQueryDependencies>();
        services.AddSingleton<AdministrationDependencies>();
        services.AddNotices(scoring);
        services.AddSingleton<HypotheticalScorer>();
        services.AddSingleton<ScoreDaysDependencies>();
        AddOptions(services, scoring);
        return services;
    }

    private static void AddParticipants(IServiceCollection services)
    {
        services.AddSingleton<OwnEnrolmentReader>();
        services.AddSingleton<ParticipantDependencies>();
        services.AddSingleton<HandleProofVerifier>();
        services.AddSingleton<EnrolmentHandler>();
        services.AddSingleton<ConsentRenewalHandler>();
        services.AddSingleton<RestrictionHandler>();
        services.AddSingleton<WithdrawalHandler>();
        services.AddSingleton<OwnSubjectReader>();
        services.AddSingleton<HandleLinkHandler>();
        services.AddSingleton<GrantHandler>();
        services.AddSingleton<AccessLogReader>();
        services.AddSingleton<EnrolmentDependencies>();
        services.TryAddSingleton<ISubjectMemory, ActiveSubjectMemory>();
    }

    private static void AddOptions(IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<SubjectOptions>(scoring.GetSection(SubjectOptions.Section)).Validate<IOptions<PartitionOptions>>(
            (subjects, partitions) => subjects.RenewSeconds < partitions.Value.LeaseSeconds,
            "Subjects:RenewSeconds must be below Partitions:LeaseSeconds.");
        services.AddChecked<PartitionOptions>(scoring.GetSection(PartitionOptions.Section));
        services.AddChecked<IntakeOptions>(scoring.GetSection(IntakeOptions.Section));
        services.AddChecked<ScoreQueryOptions>(scoring.GetSection(ScoreQueryOptions.Section));
        services.AddChecked<ParticipantOptions>(scoring.GetSection(ParticipantOptions.Section));
        services.AddChecked<RuleBookOptions>(scoring.GetSection(RuleBookOptions.Section));
        services.AddChecked<PublicationOptions>(scoring.GetSection(PublicationOptions.Section));
        services.AddChecked<SetAsideOptions>(scoring.GetSection(SetAsideOptions.Section));
        services.AddOptions<GrainCollectionOptions>().Configure<IOptions<SubjectOptions>>(SetCollectionAge);
    }

    private static void SetCollectionAge(GrainCollectionOptions collection, IOptions<SubjectOptions> subjects)
    {
        var age = TimeSpan.FromMinutes(subjects.Value.CollectionAgeMinutes);
        foreach (var kind in (ReadOnlySpan<Type>)[typeof(CitizenGrain), typeof(VehicleGrain), typeof(MerchantGrain)])
            collection.ClassSpecificCollectionAge[kind.FullName!] = age;
    }
}
