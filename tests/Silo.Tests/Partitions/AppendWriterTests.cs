using System.Diagnostics.Metrics;
using Npgsql;
using Scoring.Ledger;
using Scoring.Enrolments;
using Scoring.Storage;
using Scoring.Testing;

namespace Scoring.Partitions;

public sealed class AppendWriterTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task An_event_of_an_unknown_handle_leaves_nothing_but_a_pulse_in_the_log()
    {
        var known = Some.Handle();
        await Enrol(known);
        var handle = Some.Hash();
        var key = Guid.NewGuid();
        var grant = Some.Hash();
        var rows = await AllRows();
        var before = await _stage.Scalar<decimal>("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
        await _stage.PostgresLedger.AppendEvents([Some.Event(handle, key)], Cancel);
        var after = await _stage.Scalar<decimal>("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
        (await _stage.PostgresLedger.AppendQuery(Some.Query(grant, key), Cancel)).ShouldBeNull();
        after.ShouldBeGreaterThan(before);
        (await _stage.Scalar<decimal>("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")).ShouldBeGreaterThan(after);
        (await AllRows()).ShouldBe(rows);
        foreach (var trace in new[] { Hex(handle), Hex(grant), key.ToString() }) (await Found(trace)).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_withdrawal_the_persons_hashes_are_in_no_table()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        var grant = Some.Grant();
        await _stage.PostgresEnrolments.Grant(enrolled.Locators[0], grant, 8, Cancel);
        await _stage.PostgresLedger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        await _stage.PostgresLedger.WriteSnapshot(enrolled.Subject, new Snapshot(3, "ab", 1, [1]), Cancel);
        string[] traces =
        [
            Hex(handle.Hash), Hex(grant.Hash), Hex(enrolled.Locators[0]), Hex(enrolled.LedgerKey), handle.Id, grant.Id,
            enrolled.Subject.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ];
        foreach (var trace in traces) (await Found(trace)).ShouldNotBeEmpty();
        await _stage.PostgresEnrolments.Withdraw(enrolled.Locators[0], Some.Day, Some.Request, Cancel);
        foreach (var trace in traces) (await Found(trace)).ShouldBeEmpty();
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 0 AND octet_length(leaf) = 32")).ShouldBe(4);
    }

    [Fact]
    public async Task A_conflict_is_reported_and_the_writer_continues()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        var partition = (await _stage.PostgresLedger.FindSubject(enrolled.Subject, Cancel))!.Partition;
        await _stage.Execute($"INSERT INTO ledger.entry (partition, position, kind, leaf) VALUES ({partition}, 3, 15, '')");
        long conflicts = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "scoring.ledger.conflicts") l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, measured, _, _) => Interlocked.Add(ref conflicts, measured));
        listener.Start();
        var refused = await Should.ThrowAsync<LedgerConflictException>(
            _stage.PostgresLedger.AppendEvents([Some.Event(handle.Hash)], Cancel));
        refused.Constraint.ShouldBe("entry_pkey");
        conflicts.ShouldBeGreaterThanOrEqualTo(1);
        _stage.Log.ShouldContain(line => line.StartsWith("Critical:", StringComparison.Ordinal));
        await _stage.Execute("DELETE FROM ledger.entry WHERE kind = 15");
        await _stage.PostgresLedger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        (await _stage.PostgresLedger.ReadSubject(enrolled.Subject, 2, 10, Cancel)).Single().Position.ShouldBe(3);
    }

    [Fact]
    public async Task A_flush_counts_what_it_has_written_and_neither_repeats_nor_unknown_handles()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        var grant = Some.Grant();
        await _stage.PostgresEnrolments.Grant(enrolled.Locators[0], grant, 8, Cancel);
        var partition = (short)(await _stage.PostgresLedger.FindSubject(enrolled.Subject, Cancel))!.Partition;
        var repeated = Some.Event(handle.Hash);
        var events = new EventsRequest([repeated, repeated, Some.Event(handle.Hash), Some.Event(Some.Hash())]);
        var one = new QueryRequest(Some.Query(grant.Hash));
        var other = new QueryRequest(Some.Query(grant.Hash));
        PendingRow[] rows =
        [
            .. Enumerable.Range(0, 4).Select(index => new PendingRow(events, index, partition, 0)), new(one, 0, partition, 0),
            new(other, 0, partition, 0),
        ];
        await using var connection = await _stage.Database.Lanes.OpenConnectionAsync(Cancel);
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
        await using var small = _stage.AnotherWriter(new LedgerOptions { BacklogRowsMax = 3 });
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        await Should.ThrowAsync<LedgerUnavailableException>(
            small.PostgresLedger.AppendEvents([.. Enumerable.Range(0, 4).Select(_ => Some.Event(handle.Hash))], Cancel));
        await small.PostgresLedger.AppendEvents([.. Enumerable.Range(0, 3).Select(_ => Some.Event(handle.Hash))], Cancel);
        (await _stage.PostgresLedger.ReadSubject(enrolled.Subject, 2, 10, Cancel)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Backlog_and_commits_are_measured_by_lane()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        var lane = (await _stage.PostgresLedger.FindSubject(enrolled.Subject, Cancel))!.Partition % 2;
        using var measured = new MeasureListener();
        var writer = _stage.AnotherWriter(new LedgerOptions { LaneCount = 2 });
        Task append;
        await using (await Hold())
        {
            append = writer.PostgresLedger.AppendEvents([Some.Event(handle.Hash), Some.Event(handle.Hash)], Cancel);
            await _stage.WaitsForLock("scoring-lane");
            writer.PostgresLedger.RecordBacklog();
        }
        measured.Last($"scoring.ledger.backlog{{lane={lane}}}").ShouldBe(2);
        measured.Last($"scoring.ledger.backlog{{lane={1 - lane}}}").ShouldBe(0);
        await append;
        await writer.DisposeAsync(); // it waits for the lanes
        writer.PostgresLedger.RecordBacklog();
        measured.Last($"scoring.ledger.backlog{{lane={lane}}}").ShouldBe(0);
        measured.Count($"scoring.ledger.flush.duration{{lane={lane}}}").ShouldBe(1);
    }

    [Fact]
    public async Task An_append_that_takes_too_long_is_refused_and_may_be_sent_again()
    {
        await using var hasty = _stage.AnotherWriter(new LedgerOptions { AppendMillisecondsMax = 50 });
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        var append = Some.Event(handle.Hash);
        await using (await Hold())
            await Should.ThrowAsync<LedgerUnavailableException>(hasty.PostgresLedger.AppendEvents([append], Cancel));
        await _stage.PostgresLedger.AppendEvents([append], Cancel);
        (await _stage.PostgresLedger.ReadSubject(enrolled.Subject, 2, 10, Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_that_was_read_before_the_lock_is_trusted()
    {
        var handle = Some.Handle();
        var moved = Some.Handle();
        var withdrawn = await Enrol(handle);
        var enrolled = await Enrol(moved);
        var elsewhere = await EnrolIn((await _stage.PostgresLedger.FindSubject(enrolled.Subject, Cancel))!.Partition + 1);
        Task append;
        await using (var held = await Hold())
        {
            append = _stage.PostgresLedger.AppendEvents([Some.Event(handle.Hash), Some.Event(moved.Hash)], Cancel);
            await _stage.WaitsForLock("scoring-lane");
            await held.Run(
                Cancel, new NpgsqlBatchCommand($"DELETE FROM ledger.enrolment WHERE subject = {withdrawn.Subject.Value}"),
                new NpgsqlBatchCommand($"""
                    UPDATE ledger.handle h SET subject = e.subject, partition = e.partition, ledger_key = e.ledger_key
                    FROM ledger.enrolment e WHERE e.subject = {elsewhere.Subject.Value} AND h.id = '{moved.Id}'
                    """));
            await held.Commit();
        }
        await append;
        (await _stage.PostgresLedger.ReadSubject(withdrawn.Subject, 2, 10, Cancel)).ShouldBeEmpty();
        (await _stage.PostgresLedger.ReadSubject(enrolled.Subject, 2, 10, Cancel)).ShouldBeEmpty();
        (await _stage.PostgresLedger.ReadSubject(elsewhere.Subject, 1, 10, Cancel)).Single().Kind.ShouldBe(EntryKind.Event);
    }

    [Fact]
    public async Task Leaves_in_the_ledger_are_those_of_the_verifiers()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        await _stage.PostgresLedger.AppendEvents([.. Enumerable.Range(0, 5).Select(i => Some.Event(handle.Hash, content: $"{i}"))], Cancel);
        await LeafAssertions.Check(_stage);
        var partition = (await _stage.PostgresLedger.FindSubject(enrolled.Subject, Cancel))!.Partition;
        await _stage.PostgresEnrolments.Withdraw(enrolled.Locators[0], Some.Day, Some.Request, Cancel);
        var body = await _stage.Scalar<byte[]>("SELECT body FROM ledger.entry WHERE kind = 14");
        var tombstone = new Entry(partition, 8, default, 0, EntryKind.Withdrawn, Some.Day, body);
        (await _stage.Scalar<byte[]>("SELECT leaf FROM ledger.entry WHERE kind = 14")).ShouldBe(Leaf.Of([], tombstone, Guid.Empty));
    }

    private async Task<NewEnrolment> Enrol(params NewHandle[] handles)
    {
        var enrolment = Some.Enrolment(Some.Locators(), handles);
        await _stage.PostgresEnrolments.Enrol(enrolment, Cancel);
        return enrolment;
    }

    private async Task<NewEnrolment> EnrolIn(int partition)
    {
        var locators = Some.Locators();
        locators[0][0] = 0;
        locators[0][1] = (byte)(partition % 4);
        var enrolment = Some.Enrolment(locators);
        await _stage.PostgresEnrolments.Enrol(enrolment, Cancel);
        return enrolment;
    }

    private Task<LockedTransaction> Hold() => LockedTransaction.Open(_stage.Database, _stage.Heads, [0, 1, 2, 3], Cancel);

    private Task<List<string>> Found(string trace) => _stage.Rows<string>($"""
        SELECT t.relname FROM (
            SELECT c.relname, (xpath('/t/n/text()', query_to_xml(
                format('SELECT count(*) AS n FROM ledger.%I r WHERE r::text LIKE %L', c.relname, '%{trace}%'),
                false, true, '')))[1]::text AS n
            FROM pg_class c WHERE c.relnamespace = 'ledger'::regnamespace AND c.relkind = 'r') t
        WHERE t.n IS DISTINCT FROM '0'
        """.Replace("/t/n/", "//n/", StringComparison.Ordinal));

    private Task<List<string>> AllRows() => _stage.Rows<string>("""
        SELECT c.relname || (xpath('//n/text()', query_to_xml(
            format('SELECT count(*) AS n FROM ledger.%I', c.relname), false, true, '')))[1]::text
        FROM pg_class c WHERE c.relnamespace = 'ledger'::regnamespace AND c.relkind = 'r' ORDER BY 1
        """);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
