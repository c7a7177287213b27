namespace Scoring.City.Platform;

/// <summary>Finds the families of event types.</summary>
public static class EventFamilies
{
    /// <summary>Returns the family of an event type: the word before its first dot.</summary>
    public static EventFamily Of(string type) => Enum.Parse<EventFamily>(type.AsSpan(0, type.IndexOf('.')), ignoreCase: true);
}
