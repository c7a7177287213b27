using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime;
using Scoring.Storage;

namespace Scoring.Migrations;

/// <summary>Orleans' ADO.NET clustering provider on our tables.</summary>
public sealed class MembershipTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage _stage = null!;
    private IHost _host = null!;
    private IMembershipTable _table = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await LedgerStage.Open(server);
        _host = Host.CreateApplicationBuilder().ConfiguredFor(_stage.ConnectionString).Build();
        _table = _host.Services.GetRequiredService<IMembershipTable>();
        await _table.InitializeMembershipTableAsync(true);
    }

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await _stage.DisposeAsync();
    }

    [Fact]
    public async Task A_silo_joins_once_and_only_at_the_version_it_read()
    {
        var empty = await _table.ReadAllAsync();
        empty.Members.ShouldBeEmpty();
        var silo = Silo(1);
        (await _table.InsertRowAsync(silo, empty.Version.Next())).ShouldBeTrue();
        var one = await _table.ReadAllAsync();
        (await _table.InsertRowAsync(silo, one.Version.Next())).ShouldBeFalse();
        (await _table.InsertRowAsync(Silo(2), empty.Version.Next())).ShouldBeFalse();
        (await _table.ReadAllAsync()).Version.Version.ShouldBe(one.Version.Version);
        var read = one.Members.ShouldHaveSingleItem().Item1;
        (read.SiloAddress, read.SiloName, read.HostName, read.Status, read.ProxyPort, read.StartTime, read.IAmAliveTime).ShouldBe(
            (silo.SiloAddress, silo.SiloName, silo.HostName, silo.Status, silo.ProxyPort, silo.StartTime, silo.IAmAliveTime));
    }

    [Fact]
    public async Task Silos_that_join_concurrently_are_accepted_one_version_at_a_time()
    {
        async Task Join(int number)
        {
            while (!await _table.InsertRowAsync(Silo(number), (await _table.ReadAllAsync()).Version.Next()))
            {
            }
        }
        var before = (await _table.ReadAllAsync()).Version.Version;
        await Task.WhenAll(Enumerable.Range(1, 8).Select(Join));
        var after = await _table.ReadAllAsync();
        after.Members.Count.ShouldBe(8);
        after.Version.Version.ShouldBe(before + 8);
    }

    [Fact]
    public async Task A_suspicion_is_kept_and_a_stale_one_refused()
    {
        var silo = Silo(1);
        var version = (await _table.ReadAllAsync()).Version;
        await _table.InsertRowAsync(silo, version.Next());
        var read = await _table.ReadRowAsync(silo.SiloAddress);
        var (entry, etag) = read.Members.Single();
        entry.Status = SiloStatus.Dead;
        entry.AddSuspector(Silo(2).SiloAddress, new DateTime(2026, 3, 1, 0, 0, 1, DateTimeKind.Utc));
        (await _table.UpdateRowAsync(entry, etag, version.Next())).ShouldBeFalse();
        (await _table.UpdateRowAsync(entry, etag, read.Version.Next())).ShouldBeTrue();
        var dead = (await _table.ReadRowAsync(silo.SiloAddress)).Members.Single().Item1;
        dead.Status.ShouldBe(SiloStatus.Dead);
        dead.SuspectTimes.ShouldNotBeNull().Single().Item1.ShouldBe(Silo(2).SiloAddress);
        var unknown = await _table.ReadRowAsync(Silo(9).SiloAddress);
        unknown.Members.ShouldBeEmpty();
        unknown.Version.Version.ShouldBe(read.Version.Version + 1);
        (await _table.UpdateRowAsync(Silo(9), etag, unknown.Version.Next())).ShouldBeFalse();
        (await _table.ReadAllAsync()).Version.Version.ShouldBe(unknown.Version.Version);
    }

    [Fact]
    public async Task Signs_of_life_are_kept_and_defunct_silos_swept_but_never_an_active_one()
    {
        await _table.InsertRowAsync(Silo(1), (await _table.ReadAllAsync()).Version.Next());
        await _table.InsertRowAsync(Silo(2, SiloStatus.Dead), (await _table.ReadAllAsync()).Version.Next());
        var alive = Silo(1);
        alive.IAmAliveTime = alive.IAmAliveTime.AddMinutes(5);
        await _table.UpdateIAmAliveAsync(alive);
        (await _table.ReadRowAsync(alive.SiloAddress)).Members.Single().Item1.IAmAliveTime.ShouldBe(alive.IAmAliveTime);
        await _table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(alive.IAmAliveTime.AddDays(1)));
        (await _table.ReadAllAsync()).Members.ShouldHaveSingleItem().Item1.SiloAddress.ShouldBe(alive.SiloAddress);
        await _table.DeleteMembershipTableEntriesAsync("city");
        (await _stage.Scalar<long>("SELECT count(*) FROM membership.deployment")).ShouldBe(0);
    }

    [Fact]
    public async Task Clients_find_the_gateways_of_active_silos()
    {
        await _table.InsertRowAsync(Silo(1), (await _table.ReadAllAsync()).Version.Next());
        await _table.InsertRowAsync(Silo(2, SiloStatus.Dead), (await _table.ReadAllAsync()).Version.Next());
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleansClient(client => client
            .UseAdoNetClustering(options =>
            {
                options.Invariant = "Npgsql";
                options.ConnectionString = _stage.ConnectionString;
            })
            .Configure<ClusterOptions>(MembershipHost.SetIds));
        using var client = builder.Build();
        var gateways = client.Services.GetRequiredService<Orleans.Messaging.IGatewayListProvider>();
        await gateways.InitializeGatewayListProvider();
        (await gateways.GetGateways()).ShouldHaveSingleItem().Port.ShouldBe(30001);
    }

    private static MembershipEntry Silo(int number, SiloStatus status = SiloStatus.Active) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, 11110 + number, 7),
        SiloName = $"silo-{number}",
        HostName = "host",
        Status = status,
        ProxyPort = 30000 + number,
        StartTime = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc),
        IAmAliveTime = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc),
    };
}

internal static class MembershipHost
{
    public static HostApplicationBuilder ConfiguredFor(this HostApplicationBuilder builder, string connectionString)
    {
        builder.UseOrleans(silo => silo
            .UseAdoNetClustering(options =>
            {
                options.Invariant = "Npgsql";
                options.ConnectionString = connectionString;
            })
            .Configure<ClusterOptions>(SetIds));
        return builder;
    }

    public static void SetIds(ClusterOptions options)
    {
        options.ClusterId = "city";
        options.ServiceId = "city";
    }
}
