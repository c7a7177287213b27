namespace Scoring.Administration;

/// <summary>
/// The unpublished work on one programme: the draft and the approvals. What is published is not in it; the grain reads that from the store
/// each time.
/// </summary>
[GenerateSerializer, Alias("scoring.programme-admin-state")]
internal sealed record ProgrammeAdminState
{
    /// <summary>The number of times it was written. It is part of actions' keys.</summary>
    [Id(0)]
    public long Turn { get; init; }

    /// <summary>The current draft.</summary>
    [Id(1)]
    public WrittenDraft? Draft { get; init; }

    /// <summary>The administrators who have approved to resume the programme.</summary>
    [Id(2)]
    public string[] ResumeApprovals { get; init; } = [];

    /// <summary>The administrators who have approved to end the programme.</summary>
    [Id(3)]
    public string[] EndApprovals { get; init; } = [];

    /// <summary>The action that is decided but may not have taken effect yet.</summary>
    [Id(4)]
    public PendingAdminAction? Pending { get; init; }

    /// <summary>The last action that took effect. A repeated call gets its outcome.</summary>
    [Id(5)]
    public PendingAdminAction? Done { get; init; }

    /// <summary>
    /// The instants of <see cref="ResumeApprovals"/>, in their order; <see langword="null"/> without approvals. An earlier version stored
    /// none.
    /// </summary>
    [Id(6)]
    public DateTimeOffset[]? ResumeApprovedAt { get; init; }

    /// <summary>
    /// The instants of <see cref="EndApprovals"/>, in their order; <see langword="null"/> without approvals. An earlier version stored
    /// none.
    /// </summary>
    [Id(7)]
    public DateTimeOffset[]? EndApprovedAt { get; init; }
}

/// <summary>A stored draft.</summary>
[GenerateSerializer, Alias("scoring.written-draft")]
internal sealed record WrittenDraft
{
    /// <summary>
    /// The state's turn at which it was written, or at which an approval of it was last taken back. It is part of the keys of approvals:
    /// the same text written again is another draft, and an approval given again is another action.
    /// </summary>
    [Id(0)]
    public long Turn { get; init; }

    /// <summary>Its text as given, UTF-8.</summary>
    [Id(1)]
    public byte[] Json { get; init; } = [];

    /// <summary>SHA-256 of its canonical form.</summary>
    [Id(2)]
    public string Hash { get; init; } = "";

    /// <summary>The administrator who wrote it.</summary>
    [Id(3)]
    public string Author { get; init; } = "";

    /// <summary>The instant at which it was written.</summary>
    [Id(4)]
    public DateTimeOffset At { get; init; }

    /// <summary>The administrators who have approved it.</summary>
    [Id(5)]
    public string[] Approvals { get; init; } = [];
}
