namespace Scoring.Partitions;

public sealed class HandleMemoryTests
{
    [Fact]
    public void The_oldest_handle_goes_when_there_are_too_many()
    {
        var memory = new HandleMemory(3);
        for (var n = 1; n <= 5; n++) memory.Add([Handle(n, subject: 1)], memory.Forgettings);
        Numbers(memory).ShouldBe([3, 4, 5]);
        memory.Add([Handle(3, subject: 1)], memory.Forgettings);
        memory.Add([Handle(6, subject: 2)], memory.Forgettings);
        Numbers(memory).ShouldBe([3, 5, 6]);
    }

    [Fact]
    public void A_subjects_handles_are_forgotten_together_and_no_other()
    {
        var memory = new HandleMemory(10);
        memory.Add([Handle(1, 1), Handle(2, 2), Handle(3, 1), Handle(4, 1), Handle(5, 3)], memory.Forgettings);
        memory.Forget(1);
        Numbers(memory).ShouldBe([2, 5]);
        memory.Forget(3);
        memory.Forget(2);
        Numbers(memory).ShouldBeEmpty();
        memory.Add([Handle(7, 1)], memory.Forgettings);
        Numbers(memory).ShouldBe([7]);
    }

    [Fact]
    public void What_was_read_before_something_was_forgotten_is_not_taken()
    {
        var memory = new HandleMemory(10);
        var before = memory.Forgettings;
        memory.Forget(1);
        memory.Add([Handle(1, 1)], before);
        memory.Count.ShouldBe(0);
    }

    [Fact]
    public void A_stale_handle_is_not_found_and_replaced()
    {
        var memory = new HandleMemory(10);
        var handle = Handle(1, 1);
        memory.Add([handle], memory.Forgettings);
        handle.MarkStale();
        Numbers(memory).ShouldBeEmpty();
        memory.Add([Handle(1, 1)], memory.Forgettings);
        Numbers(memory).ShouldBe([1]);
        memory.Clear();
        memory.Count.ShouldBe(0);
    }

    private static int[] Numbers(HandleMemory memory)
    {
        HandleKey[] keys = [.. Enumerable.Range(1, 9).Select(n => new HandleKey((ulong)n, 0, 0, 0))];
        var found = new RememberedHandle?[keys.Length];
        memory.Find(keys, found);
        int[] numbers = [.. found.OfType<RememberedHandle>().Select(handle => (int)handle.Key.First)];
        return numbers;
    }

    private static RememberedHandle Handle(int number, long subject) => new()
    {
        Key = new HandleKey((ulong)number, 0, 0, 0), Subject = subject, Partition = 0, LedgerKey = new byte[32], StartedAt = default,
        Counts = true, CoveredBefore = DateOnly.MaxValue, Version = 0, Position = 0, Turn = 0,
    };
}
