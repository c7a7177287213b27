namespace Scoring.Administration;

/// <summary>What is under way for one programme. What is published is not in it: that is read from the store each time.</summary>
[GenerateSerializer, Alias("scoring.programme-admin-state")]
internal sealed record ProgrammeAdminState
{
    /// <summary>How often it was written; part of acts' keys.</summary>
    [Id(0)]
    public long Turn { get; init; }

    /// <summary>The draft under way.</summary>
    [Id(1)]
    public WrittenDraft? Draft { get; init; }

    /// <summary>Who has approved resuming.</summary>
    [Id(2)]
    public string[] ResumeApprovals { get; init; } = [];

    /// <summary>Who has approved ending.</summary>
    [Id(3)]
    public string[] EndApprovals { get; init; } = [];

    /// <summary>Decided, and perhaps not yet done.</summary>
    [Id(4)]
    public PendingAdminAction? Pending { get; init; }

    /// <summary>The last act that took effect; whoever repeats it is told so.</summary>
    [Id(5)]
    public PendingAdminAction? Done { get; init; }
}

/// <summary>A draft as it is kept.</summary>
[GenerateSerializer, Alias("scoring.written-draft")]
internal sealed record WrittenDraft
{
    /// <summary>The state's turn when it was written; the same text written again is another draft.</summary>
    [Id(0)]
    public long Turn { get; init; }

    /// <summary>Its text as given, UTF-8.</summary>
    [Id(1)]
    public byte[] Json { get; init; } = [];

    /// <summary>SHA-256 of its canonical form.</summary>
    [Id(2)]
    public string Hash { get; init; } = "";

    /// <summary>Who wrote it.</summary>
    [Id(3)]
    public string Author { get; init; } = "";

    /// <summary>When.</summary>
    [Id(4)]
    public DateTimeOffset At { get; init; }

    /// <summary>Who has approved it.</summary>
    [Id(5)]
    public string[] Approvals { get; init; } = [];
}
