using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Scoring.Cluster;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Partitions;
using Scoring.Storage;

namespace Scoring.Owners;

/// <summary>Two silos on one ledger write each partition where its queue is.</summary>
public sealed class PartitionOwnerTests(PostgresServer server) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-owners-").FullName;
    private IHost _first = null!;
    private IHost _second = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await server.NewDatabase();
        var keys = Path.Combine(_folder, "keys.json");
        PlatformKeyFile.Create(keys);
        _first = SiloHostingTests.Silo(database, keys, ("Cluster:Clustering", "Postgres"));
        await _first.StartAsync(Cancel);
        _second = SiloHostingTests.Silo(database, keys, ("Cluster:Clustering", "Postgres"));
        await _second.StartAsync(Cancel);
        await Until(() => Silos(_first) == 2 && Silos(_second) == 2 && Owned(_first) + Owned(_second) == 16);
    }

    public ValueTask DisposeAsync()
    {
        _first.Dispose();
        _second.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_row_is_written_by_the_owner_of_its_partition_and_a_withdrawal_reaches_every_memory()
    {
        Owned(_first).ShouldBeInRange(1, 15, "each owns some");
        var enrolled = await Enrol(40);
        var grant = Some.Grant();
        await Store(_first).Grant(enrolled[0].Enrolment.Locators[0], grant, 8, Cancel);
        foreach (var ledger in new[] { Ledger(_first), Ledger(_second), Ledger(_first) })
        {
            await ledger.AppendEvents([.. enrolled.Select(of => Some.Event(of.Handle.Hash)), Some.Event(Some.Hash())], Cancel);
            (await ledger.AppendQuery(Some.Query(grant.Hash), Cancel)).ShouldNotBeNull().Subject.ShouldBe(enrolled[0].Enrolment.Subject);
            (await ledger.AppendQuery(Some.Query(Some.Hash()), Cancel)).ShouldBeNull();
        }
        foreach (var (enrolment, _) in enrolled)
        {
            var history = await Ledger(_first).ReadSubject(enrolment.Subject, 0, 100, Cancel);
            history.Count(entry => entry.Kind == EntryKind.Event).ShouldBe(3);
            var partition = (short)history[0].Partition;
            var owner = Owner(_first, partition) is null ? _first : _second;
            var other = owner == _first ? _second : _first;
            Knows(owner, partition).ShouldBeTrue("the owner has decided events of it");
            Knows(other, partition).ShouldBeFalse("no other silo has");
        }

        var (withdrawn, handle) = enrolled[0];
        Ledger(_second).Memory!.Handles.Count.ShouldBe(40);
        await Store(_first).Withdraw(withdrawn.Locators[0], Some.Day, Some.Request, Cancel);
        foreach (var silo in new[] { _first, _second }) Ledger(silo).Memory!.Handles.Count.ShouldBe(39);
        await Ledger(_second).AppendEvents([Some.Event(handle.Hash)], Cancel);
        (await Ledger(_first).ReadSubject(withdrawn.Subject, 0, 100, Cancel)).ShouldBeEmpty();
    }

    private async Task<List<(NewEnrolment Enrolment, NewHandle Handle)>> Enrol(int count)
    {
        List<(NewEnrolment, NewHandle)> enrolled = [];
        for (var i = 0; i < count; i++)
        {
            var handle = Some.Handle();
            var enrolment = Some.Enrolment(Some.Locators(), handle);
            await Store(_first).Enrol(enrolment, Cancel);
            enrolled.Add((enrolment, handle));
        }
        return enrolled;
    }

    private static PostgresLedger Ledger(IHost silo) => silo.Services.GetRequiredService<PostgresLedger>();

    private static IEnrolmentStore Store(IHost silo) => silo.Services.GetRequiredService<IEnrolmentStore>();

    private static SiloAddress? Owner(IHost silo, short partition) => silo.Services.GetRequiredService<IPartitionOwners>().Find(partition);

    private static int Owned(IHost silo) => Enumerable.Range(0, 16).Count(partition => Owner(silo, (short)partition) is null);

    private static int Silos(IHost silo) =>
        silo.Services.GetRequiredService<ISiloStatusOracle>().GetApproximateSiloStatuses(onlyActive: true).Count;

    private static bool Knows(IHost silo, short partition) => Ledger(silo).Memory![partition].Position >= 0;

    private static async Task Until(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(50, Cancel);
    }
}
