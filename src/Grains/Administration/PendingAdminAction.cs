namespace Scoring.Administration;

/// <summary>
/// An act that is decided and about to take effect. It is kept before the store is called, so that after a crash it is finished or
/// known not to have happened.
/// </summary>
[GenerateSerializer, Alias("scoring.pending-act")]
internal sealed record PendingAdminAction
{
    /// <summary>A word of <see cref="AdminActions"/>.</summary>
    [Id(0)]
    public string Act { get; init; } = "";

    /// <summary>The act's key in the record.</summary>
    [Id(1)]
    public Guid Key { get; init; }

    /// <summary>Who made it take effect.</summary>
    [Id(2)]
    public string By { get; init; } = "";

    /// <summary>When.</summary>
    [Id(3)]
    public DateTimeOffset At { get; init; }

    /// <summary>Hash of the content it is about; <see langword="null"/> for none.</summary>
    [Id(4)]
    public string? Hash { get; init; }

    /// <summary>What it means, in words.</summary>
    [Id(5)]
    public string[] Words { get; init; } = [];

    /// <summary>Who stands behind it.</summary>
    [Id(6)]
    public string[] Approvals { get; init; } = [];

    /// <summary>Hash of the rule set about to be published.</summary>
    [Id(7)]
    public string? RuleSet { get; init; }

    /// <summary>Whether it is this act by this administrator.</summary>
    public bool Is(string act, string who) => Act == act && By == who;

    /// <summary>The answer to whoever made it take effect, then and whenever they repeat it.</summary>
    public AdminOutcome Taken() => new(true, [.. Approvals], null, []);
}
