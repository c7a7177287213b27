using System.Collections.Concurrent;
using Scoring.Hosting;

[assembly: AssemblyFixture(typeof(IdleGateways))]

namespace Scoring.Hosting;

/// <summary>
/// Running gateways with the tests' usual settings that no test uses at the moment. To start one takes much longer than a test, so a test
/// takes one of these and has it alone, with grains and a log of its own.
/// </summary>
public sealed class IdleGateways : IAsyncDisposable
{
    private static readonly ConcurrentBag<GatewayServer> Idle = [];

    /// <summary>A gateway with new grains.</summary>
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
    /// Keeps a gateway for the next test when nothing of this test can be left in it: no request is under way, and the catalogue, which a
    /// gateway remembers, was neither read nor changed. Ends it otherwise.
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
