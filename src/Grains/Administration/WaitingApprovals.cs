namespace Scoring.Administration;

/// <summary>The approvals of one action that wait for another administrator's.</summary>
/// <param name="By">The administrators, in the order of their approvals.</param>
/// <param name="At">The instants of the approvals; <see langword="null"/> when there are none.</param>
internal readonly record struct WaitingApprovals(string[] By, DateTimeOffset[]? At)
{
    /// <summary>Whether each approval has its instant. Those of an earlier version have none.</summary>
    public bool IsDated => By.Length == (At?.Length ?? 0);

    /// <summary>The same with the instant from which approvals without one count.</summary>
    public WaitingApprovals Dated(DateTimeOffset at) => IsDated ? this : new(By, [.. By.Select(_ => at)]);

    /// <summary>The approvals that were given after an instant. The others have expired.</summary>
    public WaitingApprovals After(DateTimeOffset expired) => Where((_, at) => at > expired);

    /// <summary>The same with one approval more.</summary>
    public WaitingApprovals With(string administrator, DateTimeOffset at) => new([.. By, administrator], [.. At ?? [], at]);

    /// <summary>The same without an administrator's approval.</summary>
    public WaitingApprovals Without(string administrator) => Where((by, _) => by != administrator);

    /// <summary>Tells whether the administrator's approval waits.</summary>
    public bool Has(string administrator) => By.Contains(administrator);

    private WaitingApprovals Where(Func<string, DateTimeOffset, bool> stays)
    {
        var left = By.Zip(At ?? []).Where(approval => stays(approval.First, approval.Second)).ToArray();
        return new(
            [.. left.Select(approval => approval.First)], left.Length == 0 ? null : [.. left.Select(approval => approval.Second)]);
    }
}
