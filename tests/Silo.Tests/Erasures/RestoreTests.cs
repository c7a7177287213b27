using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>A database that is restored from a copy taken before a withdrawal.</summary>
public sealed class RestoreTests(PostgresServer server) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-erasures-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Subjects_withdrawn_since_the_backup_are_erased_again_before_anything_is_served_and_no_others_are()
    {
        await using var stage = await LedgerStage.Open(server, erasures: _folder);
        var enrolled = new List<(NewEnrolment One, byte[] Handle)>();
        for (var i = 0; i < 7; i++) enrolled.Add(await Enrol(stage));
        await stage.PostgresEnrolments.Withdraw(enrolled[0].One.Locators[0], Some.Day, Some.Request, Cancel);
        await using var restored = stage.OnDatabase(await Copy(stage));
        foreach (var (one, _) in enrolled[1..4]) await stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel);
        (await restored.PostgresEnrolments.Find(enrolled[1].One.Locators[0], Cancel)).ShouldNotBeNull(
            "the copy holds the withdrawn subjects");

        await restored.NewErasureReplay().StartAsync(Cancel);
        (await restored.Rows<long>("SELECT subject FROM ledger.enrolment")).Order()
            .ShouldBe(enrolled[4..].Select(one => one.One.Subject.Value).Order());
        (await restored.Rows<long>("SELECT DISTINCT subject FROM ledger.entry WHERE subject IS NOT NULL")).Count.ShouldBe(3);
        (await restored.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 14")).ShouldBe(4);
        restored.Log.ShouldContain(line => line.Contains("erased 3 enrolments", StringComparison.Ordinal));
        await restored.ShouldBeConserved();
        await restored.NewSweeper().Sweep(Cancel);
        (await restored.Scalar<long>("SELECT count(*) FROM ledger.erasure")).ShouldBe(0);
        await restored.NewErasureReplay().StartAsync(Cancel);
        (await restored.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 14")).ShouldBe(4, "the second start erases nothing");
    }

    [Fact]
    public async Task Entries_that_expired_since_the_backup_expire_again_before_anything_is_served()
    {
        await using var stage = await LedgerStage.Open(server, erasures: _folder);
        await Enrol(stage);
        await using var restored = stage.OnDatabase(await Copy(stage));
        var later = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Some.Start.AddDays(733));
        await restored.NewErasureReplay(later).StartAsync(Cancel);
        (await restored.Rows<int>("SELECT kind::integer FROM ledger.entry WHERE body IS NOT NULL AND subject IS NOT NULL")).ShouldBe([7]);
        await restored.ShouldBeConserved();
    }

    [Fact]
    public async Task A_silo_without_its_list_does_not_start()
    {
        var database = await server.NewDatabase();
        var keys = NewKeys();
        using (var none = Silo(database, keys, ""))
            (await Should.ThrowAsync<OptionsValidationException>(() => none.StartAsync(Cancel))).Message.ShouldContain("Erasures:Folder");
        using (var missing = Silo(database, keys, Path.Combine(_folder, "nowhere")))
            await Should.ThrowAsync<ErasureListException>(() => missing.StartAsync(Cancel));
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "a.erasures"), "2026-03-01 nonsense\n2026-03-01 " + new string('a', 64) + "\n", Cancel);
        using var damaged = Silo(database, keys, _folder);
        await Should.ThrowAsync<ErasureListException>(() => damaged.StartAsync(Cancel));
    }

    [Fact]
    public async Task A_silo_whose_database_is_replaced_refuses_every_new_connection_and_stops()
    {
        var database = await server.NewDatabase();
        using var silo = Silo(database, NewKeys(), _folder);
        await silo.StartAsync(Cancel);
        var storage = silo.Services.GetRequiredService<LedgerDatabase>();
        var lifetime = silo.Services.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
        await using (var source = NpgsqlDataSource.Create(database))
        await using (var raised = source.CreateCommand("UPDATE ledger.platform SET value = '2' WHERE key = 'incarnation'"))
            await raised.ExecuteNonQueryAsync(Cancel);
        storage.Readers.Clear(); // work in the background may have opened a connection before, and met the other database then
        for (var i = 0; i < 3; i++)
            await Should.ThrowAsync<LedgerReplacedException>(async () => await storage.Readers.OpenConnectionAsync(Cancel));
        lifetime.ApplicationStopping.IsCancellationRequested.ShouldBeTrue();
        await Should.ThrowAsync<LedgerUnavailableException>(
            silo.Services.GetRequiredService<ILedger>().FindSubject(Some.Subject(), Cancel), "nothing of the replaced database is served");
        Environment.ExitCode.ShouldBe(1, "the process must be restarted");
        silo.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.ShouldBe(
            TimeSpan.FromSeconds(new StorageOptions().ReplacedStopSeconds), "there is nothing to hand over");
        Environment.ExitCode = 0;
        await silo.StopAsync(Cancel);
    }

    private async Task<string> Copy(LedgerStage stage)
    {
        foreach (var pool in new[] { stage.Database.Lanes, stage.Database.Writers, stage.Database.Readers, stage.Database.Bulk })
            pool.Clear();
        return await server.Copy(stage.Name);
    }

    private static async Task<(NewEnrolment One, byte[] Handle)> Enrol(LedgerStage stage)
    {
        var handle = Some.Handle();
        var enrolment = Some.Enrolment(Some.Locators(), handle);
        (await stage.PostgresEnrolments.Enrol(enrolment, Cancel)).ShouldBe(0);
        await stage.PostgresLedger.AppendEvents([.. Enumerable.Range(0, 5).Select(_ => Some.Event(handle.Hash))], Cancel);
        return (enrolment, handle.Hash);
    }

    private string NewKeys()
    {
        var path = Path.Combine(_folder, "keys.json");
        PlatformKeyFile.Create(path);
        return path;
    }

    private static IHost Silo(string database, string keys, string erasures) =>
        SiloHostingTests.Silo(database, keys, ("Erasures:Folder", erasures));
}
