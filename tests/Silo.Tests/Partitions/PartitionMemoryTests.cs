namespace Scoring.Partitions;

public sealed class PartitionMemoryTests
{
    [Fact]
    public void A_turn_that_was_read_before_a_later_flush_does_not_replace_the_flushs_turn()
    {
        var memory = Known(position: 10);
        memory.AddTurn(subject: 1, turn: 7);
        memory.Advance(12, 0);
        memory.TryUse(Handle(position: 10, turn: 5), out var turn).ShouldBeTrue();
        turn.ShouldBe(7);
    }

    [Fact]
    public void A_turn_that_may_have_been_passed_by_a_forgotten_one_is_not_used()
    {
        var memory = Known(position: 10, countMax: 4);
        memory.AddTurn(1, 7);
        memory.Advance(11, 0);
        Fill(memory, from: 12, to: 20);
        memory.Holds(1).ShouldBeFalse();
        memory.TryUse(Handle(position: 10, turn: 6), out _).ShouldBeFalse("entries after position 10 were forgotten");
        memory.TryUse(Handle(position: 20, turn: 7), out var turn).ShouldBeTrue();
        turn.ShouldBe(7);
    }

    [Fact]
    public void Every_turn_since_the_last_turnover_but_one_is_known()
    {
        var memory = Known(position: 0, countMax: 6);
        var last = new Dictionary<long, long>();
        var random = new Random(20261130);
        for (var position = 1; position <= 3000; position++)
        {
            var subject = random.Next(1, 12);
            var read = random.Next(Math.Max(0, position - 12), position);
            var used = Handle(position: read, turn: TurnAt(read, subject), subject: subject);
            if (memory.TryUse(used, out var turn)) turn.ShouldBe(last.GetValueOrDefault(subject), $"at {position}, read at {read}");
            last[subject] = last.GetValueOrDefault(subject) + 1;
            _log.Add((position, subject));
            memory.AddTurn(subject, last[subject]);
            memory.Advance(position, 0);
        }
    }

    [Fact]
    public void A_later_version_makes_what_was_read_before_stale()
    {
        var memory = Known(position: 1);
        memory.TryUse(Handle(position: 1), out _).ShouldBeTrue();
        memory.Learn(Handle(position: 1, version: 3));
        memory.TryUse(Handle(position: 1), out _).ShouldBeFalse();
        memory.TryUse(Handle(position: 1, version: 3), out _).ShouldBeTrue();
        memory.Version.ShouldBe(3);
    }

    [Fact]
    public void What_is_forgotten_during_a_flush_does_not_come_back_with_it()
    {
        var memory = Known(position: 1);
        memory.BeginFlush();
        memory.Forget(1);
        memory.AddTurn(1, 5);
        memory.EndFlush();
        memory.Holds(1).ShouldBeFalse();
    }

    [Fact]
    public void Keys_are_bounded_and_go_with_their_subject()
    {
        var memory = Known(position: 1, countMax: 4);
        var key = Guid.NewGuid();
        memory.AddTurn(1, 1);
        memory.AddKey(key);
        memory.HasKey(key).ShouldBeTrue();
        memory.Forget(1);
        memory.HasKey(key).ShouldBeFalse();
        memory.AddKey(key);
        for (var i = 0; i < 100; i++) memory.AddKey(Guid.NewGuid());
        memory.Advance(2, 0);
        for (var i = 0; i < 5; i++) memory.AddKey(Guid.NewGuid());
        memory.Advance(3, 0);
        memory.HasKey(key).ShouldBeFalse();
    }

    private readonly List<(long Position, long Subject)> _log = [];

    private long TurnAt(long position, long subject) => _log.Count(entry => entry.Position <= position && entry.Subject == subject);

    private static void Fill(PartitionMemory memory, int from, int to)
    {
        for (var position = from; position <= to; position++)
        {
            memory.AddTurn(position, 1);
            memory.Advance(position, 0);
        }
    }

    private static PartitionMemory Known(long position, int countMax = 100)
    {
        var memory = new PartitionMemory(countMax);
        memory.Learn(Handle(position: position));
        memory.Position.ShouldBe(position);
        return memory;
    }

    private static RememberedHandle Handle(long position, long turn = 0, long version = 0, long subject = 1) => new()
    {
        Key = new HandleKey((ulong)subject, 0, 0, 0), Subject = subject, Partition = 0, LedgerKey = new byte[32], StartedAt = default,
        Counts = true, CoveredBefore = DateOnly.MaxValue, Version = version, Position = position, Turn = turn,
    };
}
