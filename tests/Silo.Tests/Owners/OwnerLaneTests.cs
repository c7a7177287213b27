using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Partitions;
using Scoring.Storage;

namespace Scoring.Owners;

/// <summary>What a writer does with rows whose partition another silo owns.</summary>
public sealed class OwnerLaneTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage _owner = null!;
    private NewEnrolment _enrolment = null!;
    private NewHandle _handle = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _owner = await LedgerStage.Open(server);
        _handle = Some.Handle();
        _enrolment = Some.Enrolment(Some.Locators(), _handle);
        await _owner.PostgresEnrolments.Enrol(_enrolment, Cancel);
    }

    public ValueTask DisposeAsync() => _owner.DisposeAsync();

    [Fact]
    public async Task The_owner_writes_and_this_silo_does_not()
    {
        var owners = new FakeOwners(Write);
        await using var ledger = Writer(owners);
        await ledger.AppendEvents([Some.Event(_handle.Hash), Some.Event(Some.Hash())], Cancel);
        (await Turns()).ShouldBe([1, 2, 3]);
        owners.Rows.ShouldBe(2);
        _owner.PostgresLedger.Memory!.Handles.Count.ShouldBe(1);
    }

    /// <summary>The owner's receiver measures freshness from when the first silo has taken the rows.</summary>
    [Fact]
    public async Task The_owner_knows_when_another_silo_has_taken_the_rows()
    {
        var partition = (await _owner.PostgresLedger.FindSubject(_enrolment.Subject, Cancel))!.Partition;
        _owner.Tail.Open(partition);
        var time = new FakeTimeProvider();
        await using var ledger = Writer(new FakeOwners(Write), time: time);
        await ledger.AppendEvents([Some.Event(_handle.Hash)], Cancel);
        _owner.Tail.AcceptedAt(new LedgerSlice(partition, 2, 3, [])).ShouldBe(time.GetUtcNow().UtcTicks);
    }

    [Fact]
    public async Task An_owner_out_of_reach_is_no_hindrance()
    {
        var owners = new FakeOwners(_ => throw new TimeoutException());
        await using var ledger = Writer(owners);
        await ledger.AppendEvents([Some.Event(_handle.Hash)], Cancel);
        (await ledger.AppendQuery(Some.Query(Some.Hash()), Cancel)).ShouldBeNull();
        (await Turns()).ShouldBe([1, 2, 3]);
        owners.Rows.ShouldBe(2);
    }

    [Fact]
    public async Task Rows_that_the_owner_has_written_without_an_answer_are_written_once()
    {
        var grant = Some.Grant();
        await _owner.PostgresEnrolments.Grant(_enrolment.Locators[0], grant, 8, Cancel);
        await using var ledger = Writer(new FakeOwners(async rows =>
        {
            await Write(rows);
            throw new SiloUnavailableException();
        }));
        await ledger.AppendEvents([Some.Event(_handle.Hash), Some.Event(_handle.Hash)], Cancel);
        (await ledger.AppendQuery(Some.Query(grant.Hash), Cancel)).ShouldNotBeNull().Turn.ShouldBe(6);
        (await Turns()).ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public async Task An_owner_past_its_limits_refuses_for_this_silo_too()
    {
        await using var ledger = Writer(new FakeOwners(_ => Task.FromResult(new RoutedOutcome(false, []))));
        await Should.ThrowAsync<LedgerUnavailableException>(ledger.AppendEvents([Some.Event(_handle.Hash)], Cancel));
        (await Turns()).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_writer_that_stops_fails_what_waits_for_an_owner()
    {
        var owners = new FakeOwners(_ => Task.Delay(Timeout.Infinite, Cancel).ContinueWith(
            _ => new RoutedOutcome(true, []), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default));
        var ledger = Writer(owners, new LedgerOptions { AppendMillisecondsMax = 500 });
        var appends = Enumerable.Range(0, 6).Select(_ => ledger.AppendEvents([Some.Event(_handle.Hash)], Cancel)).ToArray();
        await ledger.DisposeAsync();
        foreach (var append in appends) await Should.ThrowAsync<LedgerUnavailableException>(append);
    }

    private PostgresLedger Writer(IPartitionOwners owners, LedgerOptions? options = null, TimeProvider? time = null) => new(
        _owner.Database, new LedgerWriterDependencies(_owner.Heads, _owner.Tail, owners, new FlushTraces()),
        Options.Create(options ?? new LedgerOptions()), time ?? TimeProvider.System, NullLogger<PostgresLedger>.Instance);

    private Task<RoutedOutcome> Write(RoutedRows rows) => _owner.PostgresLedger.AppendRouted(rows);

    private async Task<List<long>> Turns() =>
        [.. (await _owner.PostgresLedger.ReadSubject(_enrolment.Subject, 0, 100, Cancel)).Select(entry => entry.Turn)];

    /// <summary>One other silo that owns every partition.</summary>
    private sealed class FakeOwners(Func<RoutedRows, Task<RoutedOutcome>> append) : IPartitionOwners
    {
        private static readonly SiloAddress Other = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), 1);
        private int _rows;

        public int Rows => _rows;

        public SiloAddress? Find(short partition) => Other;

        public Task<RoutedOutcome> Append(SiloAddress silo, RoutedRows rows)
        {
            Interlocked.Add(ref _rows, rows.Events.Length + rows.Queries.Length);
            return append(rows);
        }
    }
}
