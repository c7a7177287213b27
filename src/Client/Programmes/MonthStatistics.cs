namespace Scoring.Client;

/// <summary>The document of a month. This type only describes it; the bytes are answered as they are stored.</summary>
/// <param name="Contests">The contests opened in the month.</param>
/// <param name="Events">The events of the month by type, for each type that the programme accepted in it.</param>
/// <param name="EventsTotal">The sum of the counts shown; <see langword="null"/> when none is shown.</param>
/// <param name="HiddenBelow">A count of fewer entries, or of entries of fewer subjects, is hidden.</param>
/// <param name="MadeOn">The day on which the document was made. It counts the subjects that were enrolled on that day.</param>
/// <param name="Month">The month.</param>
/// <param name="Programme">The programme.</param>
/// <param name="SchemaVersion">The version of the document's form.</param>
public sealed record MonthStatistics(
    MonthContests Contests, IReadOnlyList<MonthEvents> Events, long? EventsTotal, int HiddenBelow, DateOnly MadeOn, string Month,
    string Programme, string SchemaVersion);

/// <summary>The events of one type.</summary>
/// <param name="Count">How many events; <see langword="null"/> when hidden.</param>
/// <param name="Type">The event type.</param>
public sealed record MonthEvents(long? Count, string Type);

/// <summary>
/// The contests opened in a month, by their state at the beginning of one day. A count is <see langword="null"/> when hidden.
/// </summary>
/// <param name="Open">How many are undecided.</param>
/// <param name="Opened">The sum of the other counts that are shown.</param>
/// <param name="OutcomesOn">The day whose beginning the counts describe.</param>
/// <param name="Rejected">How many an administrator rejected.</param>
/// <param name="UndecidedInTime">How many the platform upheld, because they were undecided on the due day.</param>
/// <param name="Upheld">How many an administrator upheld.</param>
public sealed record MonthContests(long? Open, long? Opened, DateOnly OutcomesOn, long? Rejected, long? UndecidedInTime, long? Upheld);
