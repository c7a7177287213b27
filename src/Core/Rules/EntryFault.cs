namespace Scoring.Rules;

/// <summary>Why an entry could not be valued. A defect, never normal: the entry counts nothing and is set aside.</summary>
public static class EntryFault
{
    /// <summary>The body is no JSON object.</summary>
    public const string BodyNotJson = "body-not-json";

    /// <summary>A member that the kind of entry needs is missing.</summary>
    public const string MemberMissing = "member-missing";

    /// <summary>A member is not of its type.</summary>
    public const string MemberWrong = "member-wrong";

    /// <summary>More attributes than an event type can have.</summary>
    public const string AttributesTooMany = "attributes-too-many";

    /// <summary>An attribute's value is not of its type.</summary>
    public const string AttributeTypeWrong = "attribute-type-wrong";

    /// <summary>An attribute's code is not in its list.</summary>
    public const string CodeUnknown = "code-unknown";

    /// <summary>The programme does not take this type of event.</summary>
    public const string EventTypeUnknown = "event-type-unknown";

    /// <summary>It speaks of an entry that is not before it.</summary>
    public const string TurnNotBefore = "turn-not-before";
}
