namespace Scoring.Rules;

/// <summary>The reasons why an entry cannot be valued. Each is a defect: the entry is set aside and counts nothing.</summary>
public static class EntryFault
{
    /// <summary>The body is not a JSON object.</summary>
    public const string BodyNotJson = "body-not-json";

    /// <summary>The body does not have a member that the kind of entry requires.</summary>
    public const string MemberMissing = "member-missing";

    /// <summary>A member has the wrong type.</summary>
    public const string MemberWrong = "member-wrong";

    /// <summary>The event has more attributes than an event type can have.</summary>
    public const string AttributesTooMany = "attributes-too-many";

    /// <summary>An attribute's value has the wrong type.</summary>
    public const string AttributeTypeWrong = "attribute-type-wrong";

    /// <summary>An attribute's code is not in the attribute's list.</summary>
    public const string CodeUnknown = "code-unknown";

    /// <summary>The programme does not take the event type.</summary>
    public const string EventTypeUnknown = "event-type-unknown";

    /// <summary>The entry refers to an entry that is not before it.</summary>
    public const string TurnNotBefore = "turn-not-before";
}
