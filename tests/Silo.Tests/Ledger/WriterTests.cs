using System.Diagnostics.Metrics;
using Npgsql;
using Scoring.Enrolments;
using Scoring.Storage;

namespace Scoring.Ledger;

public sealed class WriterTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task A_strangers_event_leaves_nothing_but_a_pulse_in_the_log()
    {
        var known = Some.Handle();
        await Enrol(known);
        var (handle, key, grant) = (Some.Hash(), Guid.NewGuid(), Some.Hash());
        var rows = await AllRows();
        var before = await stage.Scalar<decimal>("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
        await stage.PostgresLedger.AppendEvents([Some.Event(handle, key)], Cancel);
        var after = await stage.Scalar<decimal>("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
        (await stage.PostgresLedger.AppendQuery(Some.Query(grant, key), Cancel)).ShouldBeNull();
        after.ShouldBeGreaterThan(before);
        (await stage.Scalar<decimal>("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")).ShouldBeGreaterThan(after);
        (await AllRows()).ShouldBe(rows);
        foreach (var trace in new[] { Hex(handle), Hex(grant), key.ToString() }) (await Found(trace)).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_withdrawal_the_persons_hashes_are_in_no_table()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        var grant = Some.Grant();
        await stage.PostgresEnrolments.Grant(enrolled.Locators[0], grant, 8, Cancel);
        await stage.PostgresLedger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        await stage.PostgresLedger.WriteSnapshot(enrolled.Subject, new Snapshot(3, "ab", 1, [1]), Cancel);
        string[] traces =
        [
            Hex(handle.Hash), Hex(grant.Hash), Hex(enrolled.Locators[0]), Hex(enrolled.LedgerKey), handle.Id, grant.Id,
            enrolled.Subject.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ];
        foreach (var trace in traces) (await Found(trace)).ShouldNotBeEmpty();
        await stage.PostgresEnrolments.Withdraw(enrolled.Locators[0], Some.Day, Some.Request, Cancel);
        foreach (var trace in traces) (await Found(trace)).ShouldBeEmpty();
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 0 AND octet_length(leaf) = 32")).ShouldBe(4);
    }

    [Fact]
    public async Task A_conflict_is_loud_and_the_writer_lives_on()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        var partition = (await stage.PostgresLedger.FindSubject(enrolled.Subject, Cancel))!.Partition;
        await stage.Execute($"INSERT INTO ledger.entry (partition, position, kind, leaf) VALUES ({partition}, 3, 15, '')");
        long conflicts = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "scoring.ledger.conflicts") l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, measured, _, _) => Interlocked.Add(ref conflicts, measured));
        listener.Start();
        var refused = await Should.ThrowAsync<LedgerConflictException>(
            stage.PostgresLedger.AppendEvents([Some.Event(handle.Hash)], Cancel));
        refused.Constraint.ShouldBe("entry_pkey");
        conflicts.ShouldBeGreaterThanOrEqualTo(1);
        stage.Log.ShouldContain(line => line.StartsWith("Critical:", StringComparison.Ordinal));
        await stage.Execute("DELETE FROM ledger.entry WHERE kind = 15");
        await stage.PostgresLedger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        (await stage.PostgresLedger.ReadSubject(enrolled.Subject, 2, 10, Cancel)).Single().Position.ShouldBe(3);
    }

    [Fact]
    public async Task A_flush_counts_what_it_has_written_and_neither_repeats_nor_strangers()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        var grant = Some.Grant();
        await stage.PostgresEnrolments.Grant(enrolled.Locators[0], grant, 8, Cancel);
        var partition = (short)(await stage.PostgresLedger.FindSubject(enrolled.Subject, Cancel))!.Partition;
        var repeated = Some.Event(handle.Hash);
        var events = new EventsRequest([repeated, repeated, Some.Event(handle.Hash), Some.Event(Some.Hash())]);
        var (one, other) = (new QueryRequest(Some.Query(grant.Hash)), new QueryRequest(Some.Query(grant.Hash)));
        PendingRow[] rows =
        [
            .. Enumerable.Range(0, 4).Select(index => new PendingRow(events, index, partition, 0)), new(one, 0, partition, 0),
            new(other, 0, partition, 0),
        ];
        await using var connection = await stage.Database.Lanes.OpenConnectionAsync(Cancel);
        foreach (var appended in new[] { 4, 0 })
        {
            var flush = new Flush(rows);
            await flush.Run(connection);
            flush.Appended.ShouldBe(appended);
        }
    }

    [Fact]
    public async Task Past_the_backlog_an_append_is_refused_and_at_it_taken()
    {
        await using var small = stage.Beside(new LedgerOptions { BacklogRowsMax = 3 });
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        await Should.ThrowAsync<LedgerUnavailableException>(
            small.PostgresLedger.AppendEvents([.. Enumerable.Range(0, 4).Select(_ => Some.Event(handle.Hash))], Cancel));
        await small.PostgresLedger.AppendEvents([.. Enumerable.Range(0, 3).Select(_ => Some.Event(handle.Hash))], Cancel);
        (await stage.PostgresLedger.ReadSubject(enrolled.Subject, 2, 10, Cancel)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_append_that_takes_too_long_is_refused_and_may_be_sent_again()
    {
        await using var hasty = stage.Beside(new LedgerOptions { AppendMillisecondsMax = 50 });
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        var append = Some.Event(handle.Hash);
        await using (await Hold())
            await Should.ThrowAsync<LedgerUnavailableException>(hasty.PostgresLedger.AppendEvents([append], Cancel));
        await stage.PostgresLedger.AppendEvents([append], Cancel);
        (await stage.PostgresLedger.ReadSubject(enrolled.Subject, 2, 10, Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_that_was_read_before_the_lock_is_trusted()
    {
        var (handle, moved) = (Some.Handle(), Some.Handle());
        var leaving = await Enrol(handle);
        var enrolled = await Enrol(moved);
        var elsewhere = await EnrolIn((await stage.PostgresLedger.FindSubject(enrolled.Subject, Cancel))!.Partition + 1);
        Task append;
        await using (var held = await Hold())
        {
            append = stage.PostgresLedger.AppendEvents([Some.Event(handle.Hash), Some.Event(moved.Hash)], Cancel);
            await stage.WaitsForLock("scoring-lane");
            await held.Run(
                Cancel, new NpgsqlBatchCommand($"DELETE FROM ledger.enrolment WHERE subject = {leaving.Subject.Value}"),
                new NpgsqlBatchCommand($"""
                    UPDATE ledger.handle h SET subject = e.subject, partition = e.partition, ledger_key = e.ledger_key
                    FROM ledger.enrolment e WHERE e.subject = {elsewhere.Subject.Value} AND h.id = '{moved.Id}'
                    """));
            await held.Commit();
        }
        await append;
        (await stage.PostgresLedger.ReadSubject(leaving.Subject, 2, 10, Cancel)).ShouldBeEmpty();
        (await stage.PostgresLedger.ReadSubject(enrolled.Subject, 2, 10, Cancel)).ShouldBeEmpty();
        (await stage.PostgresLedger.ReadSubject(elsewhere.Subject, 1, 10, Cancel)).Single().Kind.ShouldBe(EntryKind.Event);
    }

    [Fact]
    public async Task Leaves_in_the_ledger_are_those_of_the_verifiers()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        await stage.PostgresLedger.AppendEvents([.. Enumerable.Range(0, 5).Select(i => Some.Event(handle.Hash, content: $"{i}"))], Cancel);
        await Leaves.Check(stage);
        var partition = (await stage.PostgresLedger.FindSubject(enrolled.Subject, Cancel))!.Partition;
        await stage.PostgresEnrolments.Withdraw(enrolled.Locators[0], Some.Day, Some.Request, Cancel);
        var body = await stage.Scalar<byte[]>("SELECT body FROM ledger.entry WHERE kind = 14");
        var tombstone = new Entry(partition, 8, default, 0, EntryKind.Withdrawn, Some.Day, body);
        (await stage.Scalar<byte[]>("SELECT leaf FROM ledger.entry WHERE kind = 14")).ShouldBe(Leaf.Of([], tombstone, Guid.Empty));
    }

    private async Task<NewEnrolment> Enrol(params NewHandle[] handles)
    {
        var enrolment = Some.Enrolment(Some.Locators(), handles);
        await stage.PostgresEnrolments.Enrol(enrolment, Cancel);
        return enrolment;
    }

    private async Task<NewEnrolment> EnrolIn(int partition)
    {
        var locators = Some.Locators();
        (locators[0][0], locators[0][1]) = (0, (byte)(partition % 4));
        var enrolment = Some.Enrolment(locators);
        await stage.PostgresEnrolments.Enrol(enrolment, Cancel);
        return enrolment;
    }

    private Task<LockedTransaction> Hold() => LockedTransaction.Open(stage.Database, stage.Heads, [0, 1, 2, 3], Cancel);

    private Task<List<string>> Found(string trace) => stage.Rows<string>($"""
        SELECT t.relname FROM (
            SELECT c.relname, (xpath('/t/n/text()', query_to_xml(
                format('SELECT count(*) AS n FROM ledger.%I r WHERE r::text LIKE %L', c.relname, '%{trace}%'),
                false, true, '')))[1]::text AS n
            FROM pg_class c WHERE c.relnamespace = 'ledger'::regnamespace AND c.relkind = 'r') t
        WHERE t.n IS DISTINCT FROM '0'
        """.Replace("/t/n/", "//n/", StringComparison.Ordinal));

    private Task<List<string>> AllRows() => stage.Rows<string>("""
        SELECT c.relname || (xpath('//n/text()', query_to_xml(
            format('SELECT count(*) AS n FROM ledger.%I', c.relname), false, true, '')))[1]::text
        FROM pg_class c WHERE c.relnamespace = 'ledger'::regnamespace AND c.relkind = 'r' ORDER BY 1
        """);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
