using Scoring.Administration;

namespace Scoring.Incidents;

/// <summary>The proposed notice of an incident of one programme. What was told is in the record, not here.</summary>
[GenerateSerializer, Alias("scoring.incident-state")]
internal sealed record IncidentState
{
    /// <summary>The number of times it was written. It is part of actions' keys.</summary>
    [Id(0)]
    public long Turn { get; init; }

    /// <summary>The proposal; <see langword="null"/> when there is none. It may have expired.</summary>
    [Id(1)]
    public WrittenIncident? Proposal { get; init; }

    /// <summary>The confirmation that is decided but may not have taken effect yet.</summary>
    [Id(2)]
    public PendingAdminAction? Pending { get; init; }

    /// <summary>The last confirmation that took effect. A repeated call gets its outcome.</summary>
    [Id(3)]
    public PendingAdminAction? Done { get; init; }
}

/// <summary>A stored proposal.</summary>
[GenerateSerializer, Alias("scoring.written-incident")]
internal sealed record WrittenIncident
{
    /// <summary>The state's turn at which it was written. The same notice proposed later is another proposal.</summary>
    [Id(0)]
    public long Turn { get; init; }

    /// <summary>What happened.</summary>
    [Id(1)]
    public string Nature { get; init; } = "";

    /// <summary>Where to ask.</summary>
    [Id(2)]
    public string Contact { get; init; } = "";

    /// <summary>What may follow.</summary>
    [Id(3)]
    public string Consequences { get; init; } = "";

    /// <summary>What is done about it.</summary>
    [Id(4)]
    public string Measures { get; init; } = "";

    /// <summary>The hash that names the notice.</summary>
    [Id(5)]
    public string Hash { get; init; } = "";

    /// <summary>The administrator who proposed it.</summary>
    [Id(6)]
    public string Author { get; init; } = "";

    /// <summary>The instant at which it was proposed.</summary>
    [Id(7)]
    public DateTimeOffset At { get; init; }

    /// <summary>The texts.</summary>
    public IncidentNotice Notice() => new(Nature, Contact, Consequences, Measures);
}
