namespace Scoring.Rules;

/// <summary>Codes of the problems that a check finds in a document. The table in docs/rules.md is made from these comments.</summary>
public static class ProblemCode
{
    /// <summary>The document is not JSON (RFC 8259), or it is nested too deeply.</summary>
    public const string NotJson = "not-json";

    /// <summary>No document of this name is known.</summary>
    public const string DocumentUnknown = "document-unknown";

    /// <summary>A required document is missing.</summary>
    public const string DocumentMissing = "document-missing";

    /// <summary>The schema does not have this member.</summary>
    public const string MemberUnknown = "member-unknown";

    /// <summary>A member occurs twice.</summary>
    public const string MemberDuplicate = "member-duplicate";

    /// <summary>A required member is missing.</summary>
    public const string MemberMissing = "member-missing";

    /// <summary>A value has the wrong type.</summary>
    public const string TypeWrong = "type-wrong";

    /// <summary>A text is empty, too long, or contains control characters.</summary>
    public const string TextWrong = "text-wrong";

    /// <summary>A name, day, zone or address does not have the required form.</summary>
    public const string FormWrong = "form-wrong";

    /// <summary>A number is outside its range.</summary>
    public const string OutOfRange = "out-of-range";

    /// <summary>There are too few or too many elements.</summary>
    public const string CountWrong = "count-wrong";

    /// <summary>A word is not in its closed list.</summary>
    public const string WordUnknown = "word-unknown";

    /// <summary>The same name or value occurs twice, or an earlier rule set has made the same correction.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>The name of an event type does not begin with its family.</summary>
    public const string FamilyMismatch = "family-mismatch";

    /// <summary>
    /// A name or number in a document differs from that of its file, its folder, or the programme or registration that it changes.
    /// </summary>
    public const string NameMismatch = "name-mismatch";

    /// <summary>The event type does not exist.</summary>
    public const string EventTypeUnknown = "event-type-unknown";

    /// <summary>An event type or a service belongs to another context than the programme.</summary>
    public const string ContextMismatch = "context-mismatch";

    /// <summary>An automatic reading would score a citizen.</summary>
    public const string AutomaticScoresCitizen = "automatic-scores-citizen";

    /// <summary>A rule values an event type that its programme does not take.</summary>
    public const string EventTypeNotTaken = "event-type-not-taken";

    /// <summary>The rule's event type does not have this attribute.</summary>
    public const string AttributeUnknown = "attribute-unknown";

    /// <summary>A comparison or a table does not fit the kind of its attribute.</summary>
    public const string AttributeKindWrong = "attribute-kind-wrong";

    /// <summary>The attribute never takes this value.</summary>
    public const string ValueUnknown = "value-unknown";

    /// <summary>The first tier is not <c>baseline</c>, or another one is.</summary>
    public const string BaselineNotFirst = "baseline-not-first";

    /// <summary>The first tier does not start at the floor.</summary>
    public const string BaselineNotFloor = "baseline-not-floor";

    /// <summary>A tier does not start above the one before it.</summary>
    public const string TiersNotRising = "tiers-not-rising";

    /// <summary>The rules cannot give enough points for any tier above <c>baseline</c>.</summary>
    public const string NothingReachable = "nothing-reachable";

    /// <summary>The rule set does not have this tier.</summary>
    public const string TierUnknown = "tier-unknown";

    /// <summary>An effect is tied to <c>baseline</c>, so a subject could lose it.</summary>
    public const string BaselineHasEffect = "baseline-has-effect";

    /// <summary>The ceiling is not above the floor.</summary>
    public const string CeilingNotAboveFloor = "ceiling-not-above-floor";

    /// <summary>The system's time zone data does not have this zone.</summary>
    public const string ZoneUnknown = "zone-unknown";

    /// <summary>A window is longer than entries are kept.</summary>
    public const string WindowPastRetention = "window-past-retention";

    /// <summary>Entries are kept for a shorter time than an event may be late.</summary>
    public const string RetentionBelowLateness = "retention-below-lateness";

    /// <summary>Numbers of versions do not run from 1 without a gap.</summary>
    public const string NumberGap = "number-gap";

    /// <summary>A rule set's first day is not after that of the one before it.</summary>
    public const string FirstDayNotLater = "first-day-not-later";

    /// <summary>Conditions are nested too deeply.</summary>
    public const string ConditionTooDeep = "condition-too-deep";

    /// <summary>There are too many distinct rules over all rule sets.</summary>
    public const string RulesTooMany = "rules-too-many";

    /// <summary>The programme does not exist.</summary>
    public const string ProgrammeUnknown = "programme-unknown";

    /// <summary>A key is not a public EC P-256 JSON Web Key with a <c>kid</c>.</summary>
    public const string KeyWrong = "key-wrong";

    /// <summary>A correction names no earlier rule set, or a rule that the earlier set does not have.</summary>
    public const string CorrectionUnknown = "correction-unknown";

    /// <summary>A table of fading factors differs from the one of this build.</summary>
    public const string FactorTableMismatch = "factor-table-mismatch";

    /// <summary>No event can ever meet a condition, a part of it, or a row of a table.</summary>
    public const string NeverHolds = "never-holds";

    /// <summary>A condition covers too many values to check whether it can hold.</summary>
    public const string ConditionTooLarge = "condition-too-large";

    /// <summary>No history can ever reach a cap.</summary>
    public const string CapNeverBinds = "cap-never-binds";

    /// <summary>A document changes what must stay the same in a programme or a registration.</summary>
    public const string NeverChanges = "never-changes";

    /// <summary>There are fewer than two independent ways to earn points.</summary>
    public const string TooFewWays = "too-few-ways";

    /// <summary>The first day is nearer than the notice period allows.</summary>
    public const string NoticeTooShort = "notice-too-short";

    /// <summary>The review day is in the past or before the first day.</summary>
    public const string ReviewPast = "review-past";

    /// <summary>The review day is more than a year ahead.</summary>
    public const string ReviewTooLate = "review-too-late";

    /// <summary>A service's last day is in the past.</summary>
    public const string LastDayPast = "last-day-past";

    /// <summary>A service's last day is more than a year ahead.</summary>
    public const string LastDayTooLate = "last-day-too-late";

    /// <summary>A later version of an event type takes something away.</summary>
    public const string NotOnlyAdding = "not-only-adding";

    /// <summary>Together with what was published meanwhile, the documents cannot be read.</summary>
    public const string ConflictsWithPublished = "conflicts-with-published";
}
