namespace Scoring.Administration;

/// <summary>What is under way for one registration. How it stands is read from the store each time.</summary>
[GenerateSerializer, Alias("scoring.registration-state")]
internal sealed record RegistrationState
{
    /// <summary>How often it was written; part of acts' keys.</summary>
    [Id(0)]
    public long Turn { get; init; }

    /// <summary>The change under way.</summary>
    [Id(1)]
    public WrittenProposal? Proposal { get; init; }

    /// <summary>The approval, decided and perhaps not yet done.</summary>
    [Id(2)]
    public PendingAdminAction? Pending { get; init; }

    /// <summary>The last change that took effect; whoever repeats it is told so.</summary>
    [Id(3)]
    public PendingAdminAction? Done { get; init; }
}

/// <summary>A proposal as it is kept.</summary>
[GenerateSerializer, Alias("scoring.written-proposal")]
internal sealed record WrittenProposal
{
    /// <summary>The state's turn when it was written; the same change proposed again is another proposal.</summary>
    [Id(0)]
    public long Turn { get; init; }

    /// <summary>What is to happen.</summary>
    [Id(1)]
    public RegistrationAction Act { get; init; }

    /// <summary>The document that is to stand afterwards, in canonical JSON.</summary>
    [Id(2)]
    public byte[] Document { get; init; } = [];

    /// <summary>SHA-256 of act and document.</summary>
    [Id(3)]
    public string Hash { get; init; } = "";

    /// <summary>Who proposed it.</summary>
    [Id(4)]
    public string Author { get; init; } = "";

    /// <summary>When.</summary>
    [Id(5)]
    public DateTimeOffset At { get; init; }

    /// <summary>What differs from what is registered, in words.</summary>
    [Id(6)]
    public string[] Differences { get; init; } = [];
}
