namespace Scoring.Administration;

/// <summary>The proposed change of one registration. The grain reads the registration itself from the store each time.</summary>
[GenerateSerializer, Alias("scoring.registration-state")]
internal sealed record RegistrationState
{
    /// <summary>The number of times it was written. It is part of actions' keys.</summary>
    [Id(0)]
    public long Turn { get; init; }

    /// <summary>The proposed change.</summary>
    [Id(1)]
    public WrittenProposal? Proposal { get; init; }

    /// <summary>The approval that is decided but may not have taken effect yet.</summary>
    [Id(2)]
    public PendingAdminAction? Pending { get; init; }

    /// <summary>The last change that took effect. A repeated call gets its outcome.</summary>
    [Id(3)]
    public PendingAdminAction? Done { get; init; }
}

/// <summary>A stored proposal.</summary>
[GenerateSerializer, Alias("scoring.written-proposal")]
internal sealed record WrittenProposal
{
    /// <summary>The state's turn at which it was written. The same change proposed again is another proposal.</summary>
    [Id(0)]
    public long Turn { get; init; }

    /// <summary>The kind of change.</summary>
    [Id(1)]
    public RegistrationAction Act { get; init; }

    /// <summary>The registration's document after the change, in canonical JSON.</summary>
    [Id(2)]
    public byte[] Document { get; init; } = [];

    /// <summary>SHA-256 of the kind of change and the document.</summary>
    [Id(3)]
    public string Hash { get; init; } = "";

    /// <summary>The administrator who proposed it.</summary>
    [Id(4)]
    public string Author { get; init; } = "";

    /// <summary>The instant at which it was proposed.</summary>
    [Id(5)]
    public DateTimeOffset At { get; init; }

    /// <summary>The differences from what is registered, in words.</summary>
    [Id(6)]
    public string[] Differences { get; init; } = [];
}
