namespace Scoring.Intake;

/// <summary>The members of a CloudEvent that have been seen.</summary>
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

/// <summary>One event while it is read.</summary>
internal struct EventDraft(int index)
{
    /// <summary>Its place in the request.</summary>
    public int Index { get; } = index;

    /// <summary>Which members have been there, whatever their value.</summary>
    public CloudEventMembers Seen;

    /// <summary>Which of them had a value that is not <c>null</c>; a null attribute counts as unset.</summary>
    public CloudEventMembers Set;

    /// <summary>The id.</summary>
    public string? Id;

    /// <summary>When it happened.</summary>
    public DateTimeOffset Time;

    /// <summary>Its type.</summary>
    public EventSchema? Schema;
}
