using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Storage;

namespace Scoring.Programmes;

public sealed class ProgrammeSeederTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.OpenEmpty(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Silos_that_seed_together_seed_once_and_record_each_version_as_the_platforms_act()
    {
        await using var other = _stage.AnotherWriter();
        var seeders = Enumerable.Range(0, 4).Select(i => Seeder(i % 2 == 0 ? _stage : other)).ToArray();
        await Task.WhenAll(seeders.Select(seeder => seeder.SeedWhenEmpty(Cancel)));
        await seeders[0].SeedWhenEmpty(Cancel);
        var state = await _stage.Programmes.Read(Cancel);
        state.Documents.Versions.Select(v => (v.Terms.Id, v.RuleSet.Hash)).ShouldBe(
            Versions.Shipped.Versions.Select(v => (v.Terms.Id, v.RuleSet.Hash)), ignoreOrder: true);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.act")).ShouldBe(3);
        var act = (await _stage.Programmes.ReadRecord(Some.Programme, 0, 10, Cancel)).ShouldHaveSingleItem();
        (act.Act, act.By, act.Programme).ShouldBe((AdminActions.Published, "platform", Some.Programme));
        act.Hash.ShouldNotBeNull().Length.ShouldBe(64);
        act.Words[0].ShouldStartWith("Version 1, in force from 20");
    }

    [Theory]
    [InlineData("INSERT INTO ledger.event_type (name, document) VALUES ('traffic.other', '{}')")]
    [InlineData("INSERT INTO ledger.service (id, document) VALUES ('parking', '{}')")]
    [InlineData("INSERT INTO ledger.source (id, document) VALUES ('urn:example:source', '{}')")]
    [InlineData("INSERT INTO ledger.programme (id, document) VALUES ('some-programme', '{}')")]
    public async Task Where_anything_is_registered_or_published_the_folder_is_not_even_read(string insert)
    {
        await _stage.Execute(insert);
        await Seeder(_stage, "/nowhere").SeedWhenEmpty(Cancel);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.act")).ShouldBe(0);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_leaves_an_empty_database()
    {
        var folder = Directory.CreateTempSubdirectory("scoring-seed-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "event-types.json"), "{", Cancel);
        await Should.ThrowAsync<ProgrammesRefusedException>(Seeder(_stage, folder).SeedWhenEmpty(Cancel));
        (await _stage.ProgrammeReader.AreEmpty(Cancel)).ShouldBeTrue();
        Directory.Delete(folder, recursive: true);
    }

    private static ProgrammeSeeder Seeder(LedgerStage _stage, string? folder = null) => new(
        new AdminActionWriter(_stage.Database, _stage.Heads), _stage.ProgrammeReader, new ProgrammeClock(TimeProvider.System),
        Options.Create(folder is null ? new ProgrammeOptions() : new ProgrammeOptions { Folder = folder }));
}
