using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Subjects;

/// <summary>How reads of histories share statements.</summary>
public sealed class SubjectHistoryReaderTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subjects_gather_while_a_statement_runs_and_only_so_many_may_wait()
    {
        await using var stage = await LedgerStage.Open(server);
        await using var histories = Reader(
            stage, new LedgerOptions { HistoryReadsMax = 1, HistorySubjectsMax = 7, HistoryBacklogMax = 100 });
        var enrolled = await Enrol(stage, 5);
        await using var holding = await Hold(stage);
        var first = Read(histories, enrolled[0].Subject);
        await stage.WaitsForLock("scoring-reader");
        var gathered = Enumerable.Range(0, 100).Select(i => Read(histories, enrolled[i % 5].Subject)).ToArray();
        await Should.ThrowAsync<LedgerUnavailableException>(Read(histories, enrolled[0].Subject));
        (await stage.Scalar<long>("""
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'scoring-reader' AND state = 'active'
            """)).ShouldBe(1);
        gathered.ShouldAllBe(read => !read.IsCompleted);
        await holding.DisposeAsync();

        (await first)!.Record.Subject.ShouldBe(enrolled[0].Subject);
        var read = await Task.WhenAll(gathered);
        read.Select(history => history!.Record.Subject).ShouldBe(Enumerable.Range(0, 100).Select(i => enrolled[i % 5].Subject));
        read.ShouldAllBe(history => history!.Entries.Count == 2);
        stage.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task Damaged_rows_fail_the_reads_of_their_own_subject_alone()
    {
        await using var stage = await LedgerStage.Open(server);
        await using var histories = Reader(stage, new LedgerOptions { HistoryReadsMax = 1 });
        var enrolled = await Enrol(stage, 5);
        await stage.Execute($"""
            ALTER TABLE ledger.snapshot RENAME TO stored;
            CREATE FUNCTION ledger.damaged() RETURNS bytea LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'damaged' USING ERRCODE = 'data_corrupted'; END $$;
            CREATE VIEW ledger.snapshot AS SELECT subject, 1::bigint AS turn, 'ab' AS rule_book_hash, 1 AS fold_version,
                CASE WHEN subject = {enrolled[3].Subject.Value} THEN ledger.damaged() ELSE ''::bytea END AS state FROM ledger.enrolment;
            """);
        var holding = await Hold(stage, "ledger.enrolment");
        var first = Read(histories, enrolled[0].Subject);
        await stage.WaitsForLock("scoring-reader");
        var gathered = enrolled.Select(one => Read(histories, one.Subject)).ToArray();
        await holding.DisposeAsync();

        await first;
        await Should.ThrowAsync<LedgerUnavailableException>(gathered[3]);
        foreach (var i in new[] { 0, 1, 2, 4 })
        {
            var history = (await gathered[i]).ShouldNotBeNull();
            (history.Record.Subject, history.Snapshot!.Turn, history.Entries.Count).ShouldBe((enrolled[i].Subject, 1, 1));
        }
    }

    [Fact]
    public async Task A_reader_that_stops_leaves_no_read_waiting()
    {
        await using var stage = await LedgerStage.Open(server);
        var histories = Reader(stage, new LedgerOptions { HistoryReadsMax = 1 });
        var enrolled = await Enrol(stage, 1);
        await using var holding = await Hold(stage);
        var reads = Enumerable.Range(0, 50).Select(_ => Read(histories, enrolled[0].Subject)).ToArray();
        await stage.WaitsForLock("scoring-reader");
        await histories.DisposeAsync();
        foreach (var read in reads) await Should.ThrowAsync<LedgerUnavailableException>(read);
        await Should.ThrowAsync<LedgerUnavailableException>(Read(histories, enrolled[0].Subject));
        await histories.DisposeAsync();
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(999, false)]
    public void A_read_returns_as_many_entries_as_a_fold_asks_for(int rows, bool isValid)
    {
        var settings = new Dictionary<string, string?> { ["Ledger:ReadRowsMax"] = $"{rows}" };
        using var services = new ServiceCollection().AddLedger()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
        var options = services.GetRequiredService<IOptions<LedgerOptions>>();
        if (isValid) options.Value.ReadRowsMax.ShouldBe(rows);
        else Should.Throw<OptionsValidationException>(() => options.Value).Message.ShouldContain("Subjects:PageEntries");
    }

    private static SubjectHistoryReader Reader(LedgerStage stage, LedgerOptions options) =>
        new(stage.Database, options, NullLogger.Instance);

    private static Task<SubjectHistory?> Read(SubjectHistoryReader histories, SubjectId subject) =>
        histories.Read(subject, HistoryStart.Snapshot, 1000, Cancel);

    private static async Task<NewEnrolment[]> Enrol(LedgerStage stage, int count)
    {
        NewEnrolment[] enrolled = [.. Enumerable.Range(0, count).Select(_ => Some.Enrolment(Some.Locators(), Some.Handle()))];
        foreach (var enrolment in enrolled) await stage.PostgresEnrolments.Enrol(enrolment, Cancel);
        return enrolled;
    }

    /// <summary>Locks a table against reads until the connection is disposed.</summary>
    private static async Task<NpgsqlConnection> Hold(LedgerStage stage, string table = "ledger.snapshot")
    {
        var connection = await stage.Database.OpenOwn(Cancel);
        await using var command = new NpgsqlCommand($"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync(Cancel);
        return connection;
    }
}
