namespace Scoring.Rules;

/// <summary>What can be wrong with a document.</summary>
public static class ProblemCode
{
    /// <summary>No JSON (RFC 8259), or nested too deeply.</summary>
    public const string NotJson = "not-json";

    /// <summary>A document of an unknown name.</summary>
    public const string DocumentUnknown = "document-unknown";

    /// <summary>A document that must be there is not.</summary>
    public const string DocumentMissing = "document-missing";

    /// <summary>A member that the schema does not have.</summary>
    public const string MemberUnknown = "member-unknown";

    /// <summary>A member twice.</summary>
    public const string MemberDuplicate = "member-duplicate";

    /// <summary>A member that must be there is not.</summary>
    public const string MemberMissing = "member-missing";

    /// <summary>A value of another type.</summary>
    public const string TypeWrong = "type-wrong";

    /// <summary>A text that is empty, too long, or holds control characters.</summary>
    public const string TextWrong = "text-wrong";

    /// <summary>A name, day, zone or address that is not of its form.</summary>
    public const string FormWrong = "form-wrong";

    /// <summary>A number outside its range.</summary>
    public const string OutOfRange = "out-of-range";

    /// <summary>Too few or too many elements.</summary>
    public const string CountWrong = "count-wrong";

    /// <summary>A word that is not in its closed list.</summary>
    public const string WordUnknown = "word-unknown";

    /// <summary>The same name or value twice.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>An event type's name does not begin with its family.</summary>
    public const string FamilyMismatch = "family-mismatch";

    /// <summary>A name or number inside a document differs from that of its file or folder.</summary>
    public const string NameMismatch = "name-mismatch";

    /// <summary>No such event type.</summary>
    public const string EventTypeUnknown = "event-type-unknown";

    /// <summary>An event type of another context than the programme's.</summary>
    public const string ContextMismatch = "context-mismatch";

    /// <summary>An automatic reading would score a citizen.</summary>
    public const string AutomaticScoresCitizen = "automatic-scores-citizen";

    /// <summary>A rule values an event type that its programme does not take.</summary>
    public const string EventTypeNotTaken = "event-type-not-taken";

    /// <summary>No such attribute in the rule's event type.</summary>
    public const string AttributeUnknown = "attribute-unknown";

    /// <summary>An attribute is compared or looked up as what it is not.</summary>
    public const string AttributeKindWrong = "attribute-kind-wrong";

    /// <summary>A value that the attribute never takes.</summary>
    public const string ValueUnknown = "value-unknown";

    /// <summary>The first tier is not <c>baseline</c>, or another one is.</summary>
    public const string BaselineNotFirst = "baseline-not-first";

    /// <summary>The first tier does not start at the floor.</summary>
    public const string BaselineNotFloor = "baseline-not-floor";

    /// <summary>A tier does not start above the one before.</summary>
    public const string TiersNotRising = "tiers-not-rising";

    /// <summary>Nobody can reach any tier but <c>baseline</c>.</summary>
    public const string NothingReachable = "nothing-reachable";

    /// <summary>No such tier in a rule set.</summary>
    public const string TierUnknown = "tier-unknown";

    /// <summary>An effect is tied to <c>baseline</c>, so that it would be taken from somebody.</summary>
    public const string BaselineHasEffect = "baseline-has-effect";

    /// <summary>The ceiling is not above the floor.</summary>
    public const string CeilingNotAboveFloor = "ceiling-not-above-floor";

    /// <summary>No such time zone.</summary>
    public const string ZoneUnknown = "zone-unknown";

    /// <summary>A window is longer than entries are kept.</summary>
    public const string WindowPastRetention = "window-past-retention";

    /// <summary>Entries are kept for less long than an event may be late.</summary>
    public const string RetentionBelowLateness = "retention-below-lateness";

    /// <summary>Numbers of rule sets do not run from 1 without a gap.</summary>
    public const string NumberGap = "number-gap";

    /// <summary>A rule set's first day is not after that of the one before.</summary>
    public const string FirstDayNotLater = "first-day-not-later";

    /// <summary>Conditions nested too deeply.</summary>
    public const string ConditionTooDeep = "condition-too-deep";

    /// <summary>Too many distinct rules over all rule sets.</summary>
    public const string RulesTooMany = "rules-too-many";

    /// <summary>No such programme.</summary>
    public const string ProgrammeUnknown = "programme-unknown";

    /// <summary>A key is no public EC P-256 JSON Web Key with a <c>kid</c>.</summary>
    public const string KeyWrong = "key-wrong";

    /// <summary>A correction names no rule of an earlier rule set, or one that is taken back already.</summary>
    public const string CorrectionUnknown = "correction-unknown";

    /// <summary>A fading table is not the one of this build.</summary>
    public const string FactorTableMismatch = "factor-table-mismatch";

    /// <summary>A condition, a part of one, or a row of a table that no event can ever meet.</summary>
    public const string NeverHolds = "never-holds";

    /// <summary>A condition over so many values that whether it can hold is not worked out.</summary>
    public const string ConditionTooLarge = "condition-too-large";

    /// <summary>A cap that no history can ever reach.</summary>
    public const string CapNeverBinds = "cap-never-binds";

    /// <summary>What never changes in a programme or a registration would change.</summary>
    public const string NeverChanges = "never-changes";

    /// <summary>Fewer than two ways to earn of which neither needs the other.</summary>
    public const string TooFewWays = "too-few-ways";

    /// <summary>The first day is nearer than the notice that people are owed.</summary>
    public const string NoticeTooShort = "notice-too-short";

    /// <summary>The review day has gone by, or comes before the first day.</summary>
    public const string ReviewPast = "review-past";

    /// <summary>The review day is more than a year ahead.</summary>
    public const string ReviewTooLate = "review-too-late";

    /// <summary>A service's last day has gone by.</summary>
    public const string LastDayPast = "last-day-past";

    /// <summary>A service's last day is more than a year ahead.</summary>
    public const string LastDayTooLate = "last-day-too-late";

    /// <summary>An event type takes something away from what it was.</summary>
    public const string NotOnlyAdding = "not-only-adding";
}
