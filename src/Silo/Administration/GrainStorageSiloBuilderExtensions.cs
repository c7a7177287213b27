using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>Keeps drafts, proposals and approvals: Orleans' grain storage in our own PostgreSQL, as JSON.</summary>
public static class GrainStorageSiloBuilderExtensions
{
    private const string Invariant = "Npgsql";

    /// <summary>Adds the storage; its statements are in the database.</summary>
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
