namespace Scoring.Administration;

/// <summary>
/// An action that is decided and about to take effect. The grain stores it before it calls the store of programmes, so that after a crash
/// the action is completed, or known not to have happened.
/// </summary>
[GenerateSerializer, Alias("scoring.pending-act")]
internal sealed record PendingAdminAction
{
    /// <summary>A word of <see cref="AdminActions"/>.</summary>
    [Id(0)]
    public string Act { get; init; } = "";

    /// <summary>The action's key in the record.</summary>
    [Id(1)]
    public Guid Key { get; init; }

    /// <summary>The administrator who made it take effect.</summary>
    [Id(2)]
    public string By { get; init; } = "";

    /// <summary>The instant of the decision.</summary>
    [Id(3)]
    public DateTimeOffset At { get; init; }

    /// <summary>Hash of the content that it is about; <see langword="null"/> for none.</summary>
    [Id(4)]
    public string? Hash { get; init; }

    /// <summary>Its meaning, in words.</summary>
    [Id(5)]
    public string[] Words { get; init; } = [];

    /// <summary>The administrators who approved it.</summary>
    [Id(6)]
    public string[] Approvals { get; init; } = [];

    /// <summary>Hash of the rule set to publish.</summary>
    [Id(7)]
    public string? RuleSet { get; init; }

    /// <summary>Tells whether it is this action by this administrator.</summary>
    public bool Is(string act, string administrator) => Act == act && By == administrator;

    /// <summary>Returns the outcome for the administrator who made it take effect, at the first and every repeated call.</summary>
    public AdminOutcome Taken() => new(true, [.. Approvals], null, []);
}
