using Npgsql;
using Orleans.Serialization;
using Orleans.Storage;
using Scoring.Peers.Entrance;

namespace Scoring.Peers.Grains;

/// <summary>Sets up Orleans as one silo, with ADO.NET grain storage on PostgreSQL.</summary>
internal static class GrainPeer
{
    public const string Storage = "peers";

    public const string StateStorage = "StateStorage";

    public const string LogStorage = "LogStorage";

    private const string Invariant = "Npgsql";

    /// <summary>Adds the silo, and the tables of its storage if they are missing.</summary>
    public static async Task AddGrains(this WebApplicationBuilder builder, PeerOptions options)
    {
        var database = Database.Open(options.ConnectionString);
        await StorageSql.Ensure(database);
        builder.Services.AddSingleton(database);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(options.Port, options.Port + 1)
            .AddStateStorageBasedLogConsistencyProvider(StateStorage)
            .AddLogStorageBasedLogConsistencyProvider(LogStorage)
            .AddAdoNetGrainStorage(Storage, states => states.Configure<NpgsqlDataSource, Serializer>((storage, source, serializer) =>
            {
                storage.Invariant = Invariant;
                storage.DataSource = source;
                storage.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
            })));
        builder.Services.AddSingleton<IScorer>(services => new GrainScorer(services.GetRequiredService<IGrainFactory>(), options.Kind));
    }
}

/// <summary>Calls the grain of each event's subject.</summary>
internal sealed class GrainScorer(IGrainFactory grains, PeerKind kind) : IScorer
{
    /// <inheritdoc/>
    public Task Add(IReadOnlyList<PeerEvent> events) => Task.WhenAll(events.Select(one => Of(one.Handle).Add(one)));

    /// <inheritdoc/>
    public Task<PeerScore> Read(string handle) => Of(handle).Read();

    private ISubjectGrain Of(string handle) => kind switch
    {
        PeerKind.OrleansState => grains.GetGrain<IPersistedSubjectGrain>(handle),
        PeerKind.OrleansJournaled => grains.GetGrain<IJournaledSubjectGrain>(handle),
        _ => grains.GetGrain<ILoggedSubjectGrain>(handle),
    };
}
