namespace Scoring.City.Platform;

/// <summary>Families of event types.</summary>
public static class EventFamilies
{
    /// <summary>The family of a type: the word before its dot.</summary>
    public static EventFamily Of(string type) => Enum.Parse<EventFamily>(type.AsSpan(0, type.IndexOf('.')), ignoreCase: true);
}
