namespace Scoring.Hosting;

/// <summary>Polls a condition until it holds, for at most 30 seconds.</summary>
internal static class TestCondition
{
    public static Task Until(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await condition()) await beat.WaitForNextTickAsync(timeout.Token);
    }
}
