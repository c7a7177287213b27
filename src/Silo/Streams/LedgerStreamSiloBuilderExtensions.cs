using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Streams;
using Scoring.Hosting;
using Scoring.Ledger;

namespace Scoring.Streams;

/// <summary>Adds the ledger's stream to a silo.</summary>
public static class LedgerStreamSiloBuilderExtensions
{
    /// <summary>Streams the <see cref="ILedger"/> of the silo's services. Its options are in the section <c>Streams</c>.</summary>
    public static ISiloBuilder AddLedgerStream(this ISiloBuilder silo, IConfiguration scoring)
    {
        silo.Services.AddChecked<LedgerStreamOptions>(scoring.GetSection(LedgerStreamOptions.Section));
        silo.Services.TryAddSingleton<LedgerTail>();
        silo.Services.AddSingleton<LedgerStreamDependencies>();
        return silo.AddPersistentStreams(LedgerStream.Name, LedgerQueueAdapter.Create, stream =>
        {
            stream.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            stream.UseConsistentRingQueueBalancer();
            stream.ConfigurePullingAgent(agent => agent.Configure<IOptions<LedgerStreamOptions>>((pulling, options) =>
            {
                pulling.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(options.Value.IdleMs);
                pulling.MaxEventDeliveryTime = TimeSpan.FromSeconds(options.Value.DeliverySecondsMax);
            }));
        });
    }
}
