using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>Adds Orleans' grain storage for drafts, proposals and approvals, as JSON in the platform's PostgreSQL.</summary>
public static class GrainStorageSiloBuilderExtensions
{
    private const string Invariant = "Npgsql";

    /// <summary>Adds the storage. Orleans reads its statements from the database, where a migration has put them.</summary>
    public static ISiloBuilder AddAdministrationStates(this ISiloBuilder silo)
    {
        silo.Services.Configure<SystemTextJsonGrainStorageSerializerOptions>(
            json => json.JsonSerializerOptions.Converters.Add(new StoredProgrammeIdConverter()));
        return silo.AddAdoNetGrainStorage(AdministrationStorage.Name, states => states
            .Configure<LedgerDatabase, IOptions<SystemTextJsonGrainStorageSerializerOptions>>((options, database, json) =>
            {
                options.Invariant = Invariant;
                options.DataSource = database.Writers;
                options.GrainStorageSerializer = new SystemTextJsonGrainStorageSerializer(json);
                options.DeleteStateOnClear = true;
            }));
    }
}
