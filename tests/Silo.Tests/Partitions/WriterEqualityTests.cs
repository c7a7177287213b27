using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Partitions;

/// <summary>What a writer decides from memory is what the database decides: the same rows, with the same leaves.</summary>
public sealed class WriterEqualityTests(PostgresServer server)
{
    private const int Seed = 20261130;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1000)]
    [InlineData(20)]
    public async Task The_same_calls_give_the_same_ledger_with_and_without_memory(int handlesMax)
    {
        await using var remembering = await WriterStage.Open(server, handlesMax);
        await using var forgetful = await WriterStage.Open(server, 0);
        var calls = new RandomCalls(Seed);
        var decided = 0;
        for (var step = 0; step < 250; step++)
        {
            var call = calls.Next();
            decided += await call(remembering);
            await call(forgetful);
        }
        var ledger = await Rows(remembering.Ledger);
        ledger.Count.ShouldBeGreaterThan(1000);
        decided.ShouldBeGreaterThan(300);
        string.Join('\n', ledger.Except(await Rows(forgetful.Ledger)).Take(3)).ShouldBeEmpty("only the remembering ledger has these");
        ledger.ShouldBe(await Rows(forgetful.Ledger));
        await LeafAssertions.Check(remembering.Ledger);
    }

    // Keys of entries that are no events are drawn by the platform, so they and their leaves differ from one ledger to the next.
    private static Task<List<string>> Rows(LedgerStage stage) => stage.Rows<string>("""
        SELECT concat_ws(' ', partition, position, subject, turn, kind, day,
            CASE WHEN kind = 1 THEN key || ' ' || encode(leaf, 'hex') || ' ' || encode(body, 'hex') END)
        FROM ledger.entry ORDER BY partition, position
        """);

    /// <summary>Calls that are drawn once and made on several ledgers.</summary>
    private sealed class RandomCalls(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly List<(NewEnrolment Enrolment, NewHandle Handle)> _enrolled = [];
        private readonly List<EventToAppend> _sent = [];

        /// <summary>The next call; it returns how many events memory has decided.</summary>
        public Func<WriterStage, Task<int>> Next()
        {
            var choice = _random.Next(20);
            if (choice < 3 || _enrolled.Count < 5) return Enrol();
            var (enrolment, handle) = _enrolled[_random.Next(_enrolled.Count)];
            switch (choice)
            {
                case 3:
                    _enrolled.RemoveAll(of => of.Enrolment == enrolment);
                    return Call(stage => stage.Withdraw(enrolment.Locators[0], Some.Day, Some.Request, Cancel));
                case 4 or 5:
                    var entry = Some.Entry(choice == 4 ? EntryKind.Restricted : EntryKind.RestrictionLifted);
                    return Call(stage => stage.Restrict(enrolment.Locators[0], choice == 4, entry, Cancel));
                case 6:
                    return Call(stage => stage.Unlink(enrolment.Locators[0], handle.Id, Some.Day, Cancel));
                default:
                    var batch = Batch();
                    return stage => stage.WriteAll(batch);
            }
        }

        private static Func<WriterStage, Task<int>> Call(Func<PostgresEnrolments, Task> call) => async stage =>
        {
            await call(stage.Ledger.PostgresEnrolments);
            return 0;
        };

        private Func<WriterStage, Task<int>> Enrol()
        {
            var handle = Some.Handle();
            var enrolment = Some.Enrolment(Some.Locators(), handle);
            _enrolled.Add((enrolment, handle));
            return Call(stage => stage.Enrol(enrolment, Cancel));
        }

        private EventToAppend[] Batch()
        {
            var batch = new List<EventToAppend>();
            for (var i = _random.Next(1, 30); i > 0; i--)
            {
                if (_sent.Count > 0 && _random.Next(20) == 0) batch.Add(_sent[_random.Next(_sent.Count)]);
                else batch.Add(Some.Event(Handle(), at: Some.Start.AddHours(_random.Next(-1, 20)), content: $"{i}"));
            }
            _sent.AddRange(batch);
            return [.. batch];
        }

        private byte[] Handle() => _random.Next(10) == 0 ? Some.Hash() : _enrolled[_random.Next(_enrolled.Count)].Handle.Hash;
    }
}
