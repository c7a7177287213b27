using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Grants;
using Scoring.Intake;
using Scoring.Ledger;
using Scoring.Notices;
using Scoring.Programmes;
using Scoring.Recomputing;
using Scoring.Scores;
using Scoring.Subjects;
using Scoring.WhatIf;

namespace Scoring.Hosting;

/// <summary>What the grains need besides the ports and the keys.</summary>
public static class GrainServiceCollectionExtensions
{
    /// <summary>
    /// Adds the grains' services and options, the latter from sections named <c>Subjects</c>, <c>Partitions</c>, <c>Intake</c>,
    /// <c>Queries</c>, <c>Participants</c>, <c>RuleBook</c>, <c>Publication</c> and <c>Notices</c>, all checked at start. The grains of
    /// administrators need a grain storage named <see cref="AdministrationStorage.Name"/> and an <see cref="IProgrammeStore"/>, those of
    /// notices an <see cref="INoticeLedger"/>.
    /// </summary>
    public static IServiceCollection AddScoringGrains(this IServiceCollection services, IConfiguration scoring)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new ProgrammeClock(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CurrentRuleBook>();
        services.AddSingleton<CurrentCatalogue>();
        services.AddSingleton<LedgerIncarnation>();
        services.AddSingleton<ActiveFolds>();
        services.AddSingleton<SubjectDependencies>();
        services.AddSingleton<HandleProofVerifier>();
        services.AddSingleton<OwnEnrolmentReader>();
        services.AddSingleton<EnrolmentHandler>();
        services.AddSingleton<ConsentRenewalHandler>();
        services.AddSingleton<HandleLinkHandler>();
        services.AddSingleton<GrantHandler>();
        services.AddSingleton<AccessLogReader>();
        services.TryAddSingleton<ISubjectMemory, ActiveSubjectMemory>();
        services.AddSingleton<AdministrationDependencies>();
        services.AddNotices(scoring);
        services.AddSingleton<HypotheticalScorer>();
        services.AddChecked<SubjectOptions>(scoring.GetSection("Subjects")).Validate<IOptions<PartitionOptions>>(
            (subjects, partitions) => subjects.RenewSeconds < partitions.Value.LeaseSeconds,
            "Subjects:RenewSeconds must be below Partitions:LeaseSeconds.");
        services.AddChecked<PartitionOptions>(scoring.GetSection("Partitions"));
        services.AddChecked<IntakeOptions>(scoring.GetSection("Intake"));
        services.AddChecked<ScoreQueryOptions>(scoring.GetSection("Queries"));
        services.AddChecked<ParticipantOptions>(scoring.GetSection("Participants"));
        services.AddChecked<RuleBookOptions>(scoring.GetSection("RuleBook"));
        services.AddChecked<PublicationOptions>(scoring.GetSection(PublicationOptions.Section));
        services.AddOptions<GrainCollectionOptions>().Configure<IOptions<SubjectOptions>>(Collect);
        return services;
    }

    private static void Collect(GrainCollectionOptions collection, IOptions<SubjectOptions> subjects)
    {
        var age = TimeSpan.FromMinutes(subjects.Value.CollectionAgeMinutes);
        foreach (var kind in (ReadOnlySpan<Type>)[typeof(CitizenGrain), typeof(VehicleGrain), typeof(MerchantGrain)])
            collection.ClassSpecificCollectionAge[kind.FullName!] = age;
    }
}
