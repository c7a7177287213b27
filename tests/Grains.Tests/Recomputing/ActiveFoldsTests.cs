using Scoring.Testing;

namespace Scoring.Recomputing;

public sealed class ActiveFoldsTests
{
    [Fact]
    public void Each_live_fold_is_drawn_and_no_removed_one()
    {
        var folds = new ActiveFolds();
        var random = new Random(5);
        var all = Enumerable.Range(0, 50).Select(_ => new EmptyFold()).ToArray();
        for (var round = 0; round < 2000; round++)
        {
            var one = all[random.Next(all.Length)];
            if (random.Next(2) == 0) folds.Add(one);
            else folds.Remove(one);
            folds.Draw(random)?.Index.ShouldBeGreaterThanOrEqualTo(0);
        }
        var active = all.Where(one => one.Index >= 0).ToHashSet();
        Enumerable.Range(0, 2000).Select(_ => folds.Draw(random)).ToHashSet().ShouldBe(active, ignoreOrder: true);
        foreach (var one in active) folds.Remove(one);
        folds.Draw(random).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 4)]
    [InlineData(50, 1)]
    [InlineData(50, 8)]
    [InlineData(50, 100)]
    public void The_parts_cover_each_fold_once_and_begin_again(int count, int parts)
    {
        var folds = new ActiveFolds();
        var all = Enumerable.Range(0, count).Select(_ => new EmptyFold()).ToArray();
        foreach (var one in all) folds.Add(one);
        var next = 0;
        for (var round = 0; round < 2; round++)
        {
            var seen = new List<IActiveFold>();
            while (seen.Count < count) seen.AddRange(folds.Next(ref next, parts));
            seen.ShouldBe(all);
        }
        foreach (var one in all) folds.Remove(one);
        folds.Next(ref next, parts).ShouldBeEmpty();
    }

    [Fact]
    public void Active_subjects_are_counted_once_each()
    {
        using var measured = new MeasureListener();
        var folds = new ActiveFolds();
        var all = Enumerable.Range(0, 3).Select(_ => new EmptyFold()).ToArray();
        foreach (var one in all) folds.Add(one);
        folds.Add(all[0]);
        measured.Sum("scoring.subjects.active").ShouldBe(3);
        folds.Remove(all[1]);
        folds.Remove(all[1]);
        measured.Sum("scoring.subjects.active").ShouldBe(2);
    }

    private sealed class EmptyFold : IActiveFold
    {
        public int Index { get; set; } = -1;

        public Task<FoldCopy?> Copy() => Task.FromResult<FoldCopy?>(null);

        public void RenewIfDue(long now) => throw new NotSupportedException();
    }
}
