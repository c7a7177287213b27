using System.Collections.Concurrent;
using Scoring.Hosting;

[assembly: AssemblyFixture(typeof(IdleGateways))]

namespace Scoring.Hosting;

/// <summary>
/// Keeps running gateways with the default settings that no test currently uses. A start takes much longer than a test, so a test takes
/// one of these for itself, with its own grains and log.
/// </summary>
public sealed class IdleGateways : IAsyncDisposable
{
    private static readonly ConcurrentBag<GatewayServer> Idle = [];

    /// <summary>Takes an idle gateway, or starts one, and gives it new grains.</summary>
    internal static async Task<GatewayServer> Take()
    {
        if (!Idle.TryTake(out var server))
        {
            server = await GatewayServer.Start(new FakeCity(), TimeProvider.System, []);
            await TestCondition.Until(() => server.City.CatalogueReads > 0);
        }
        server.City = new FakeCity();
        server.Log.Clear();
        return server;
    }

    /// <summary>
    /// Keeps a gateway for the next test when no state of this test can remain in it: no request is under way, and the catalogue, which a
    /// gateway caches, was neither read nor changed. Stops it otherwise.
    /// </summary>
    internal static async Task Give(GatewayServer server)
    {
        if (!server.IsStopped && await server.Unconnected() && server.City.IsCatalogueUntouched) Idle.Add(server);
        else await server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        while (Idle.TryTake(out var server)) await server.DisposeAsync();
    }
}
