using System.Globalization;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Npgsql;
using Scoring.Peers.Entrance;
using Scoring.Peers.Scores;

namespace Scoring.Peers.Actors;

/// <summary>Sets up Akka.NET as a cluster of one node, with its SQL journal on PostgreSQL.</summary>
internal static class ActorPeer
{
    private const string Port = "PORT";

    private const string Connection = "CONNECTION";

    private const string Template = """
        akka {
          loglevel = WARNING
          stdout-loglevel = WARNING
          actor {
            provider = cluster
            serializers.peer-event = "Scoring.Peers.Actors.EventSerializer, Scoring.Peers"
            serialization-bindings."Scoring.Peers.Entrance.PeerEvent, Scoring.Peers" = peer-event
          }
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = PORT }
          cluster {
            seed-nodes = ["akka.tcp://peers@127.0.0.1:PORT"]
            sharding {
              state-store-mode = ddata
              remember-entities = off
              passivate-idle-entity-after = off
              distributed-data.durable.keys = []
            }
          }
          persistence {
            journal {
              plugin = "akka.persistence.journal.sql"
              sql {
                class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
                connection-string = "CONNECTION"
                provider-name = "PostgreSQL.15"
                parallelism = 4
                batch-size = 400
                tag-write-mode = Csv
                auto-initialize = true
              }
            }
            snapshot-store {
              plugin = "akka.persistence.snapshot-store.sql"
              sql {
                class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
                connection-string = "CONNECTION"
                provider-name = "PostgreSQL.15"
                auto-initialize = true
              }
            }
          }
        }
        """;

    /// <summary>Adds the actor system, which joins its own cluster at the start.</summary>
    public static void AddActors(this WebApplicationBuilder builder, PeerOptions options)
    {
        builder.Services.AddSingleton(services => new ActorScorer(
            ActorSystem.Create("peers", Settings(options)), services.GetRequiredService<ScoringRules>()));
        builder.Services.AddSingleton<IScorer>(services => services.GetRequiredService<ActorScorer>());
        builder.Services.AddHostedService(services => services.GetRequiredService<ActorScorer>());
    }

    private static Config Settings(PeerOptions options) => ConfigurationFactory
        .ParseString(Template
            .Replace(Port, options.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(Connection, new NpgsqlConnectionStringBuilder(options.ConnectionString).ConnectionString, StringComparison.Ordinal))
        .WithFallback(Akka.Persistence.Sql.SqlPersistence.DefaultConfiguration)
        .WithFallback(ClusterSharding.DefaultConfig());
}

/// <summary>Asks the actor of each event's subject.</summary>
internal sealed class ActorScorer(ActorSystem system, ScoringRules rules) : IScorer, IHostedService
{
    private const int Shards = 10; // ten for each node
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);

    private IActorRef _subjects = null!; // set at the start

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var joined = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Akka.Cluster.Cluster.Get(system).RegisterOnMemberUp(joined.SetResult);
        await joined.Task.WaitAsync(cancellationToken);
        _subjects = await ClusterSharding.Get(system).StartAsync(
            "subject", handle => Props.Create(() => new SubjectActor(handle, rules)), ClusterShardingSettings.Create(system),
            new ByHandle());
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) =>
        CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);

    /// <inheritdoc/>
    public Task Add(IReadOnlyList<PeerEvent> events) =>
        Task.WhenAll(events.Select(one => _subjects.Ask<Added>(one, AnswerMax)));

    /// <inheritdoc/>
    public Task<PeerScore> Read(string handle) => _subjects.Ask<PeerScore>(new ReadScore(handle), AnswerMax);

    private sealed class ByHandle() : HashCodeMessageExtractor(Shards)
    {
        public override string EntityId(object message) => message switch
        {
            PeerEvent one => one.Handle,
            ReadScore read => read.Handle,
            _ => null!, // not for a subject
        };
    }
}
