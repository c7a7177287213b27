namespace Scoring.Intake;

/// <summary>Members of a CloudEvent, a bit each.</summary>
[Flags]
internal enum CloudEventMembers
{
    None = 0,
    SpecVersion = 1,
    Id = 2,
    Source = 4,
    Type = 8,
    Time = 16,
    Subject = 32,
    DataSchema = 64,
    DataContentType = 128,
    Data = 256,
    DataBase64 = 512,
}

/// <summary>An event while its members are read.</summary>
internal struct EventDraft(int index)
{
    /// <summary>The event's place in the request, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>The members that occurred, with any value.</summary>
    public CloudEventMembers Present;

    /// <summary>The members that had a value other than <c>null</c>. A null attribute counts as absent.</summary>
    public CloudEventMembers Set;

    /// <summary>The event's id.</summary>
    public string? Id;

    /// <summary>When the event happened.</summary>
    public DateTimeOffset Time;

    /// <summary>The event's type.</summary>
    public EventSchema? Schema;
}
