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

    private sealed class EmptyFold : IActiveFold
    {
        public int Index { get; set; } = -1;

        public Task<FoldCopy?> Copy() => Task.FromResult<FoldCopy?>(null);
    }
}
