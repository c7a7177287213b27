using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Statistics;

/// <summary>A month's document as its bytes have it, for the description alone: it is passed on as it is stored.</summary>
/// <param name="Contests">The contests opened in the month.</param>
/// <param name="Events">The events of the month by type, for each type that the programme took in it.</param>
/// <param name="EventsTotal">The sum of the counts shown; <see langword="null"/> when none is.</param>
/// <param name="HiddenBelow">Counts of fewer entries, or of entries of fewer subjects, are hidden.</param>
/// <param name="MadeOn">The day on which it was made: whoever was enrolled then is counted.</param>
/// <param name="Month">The month.</param>
/// <param name="Programme">The programme.</param>
/// <param name="SchemaVersion">The document's form.</param>
internal sealed record MonthStatistics(
    MonthContests Contests, ImmutableArray<MonthEvents> Events, long? EventsTotal, int HiddenBelow, DateOnly MadeOn, string Month,
    ProgrammeId Programme, string SchemaVersion);

/// <summary>The events of one type.</summary>
/// <param name="Count">How many; <see langword="null"/> when hidden.</param>
/// <param name="Type">The event type.</param>
internal sealed record MonthEvents(long? Count, string Type);

/// <summary>The contests opened in a month by how they stood at the beginning of one day; <see langword="null"/> is hidden.</summary>
/// <param name="Open">Undecided.</param>
/// <param name="Opened">The sum of the others that are shown.</param>
/// <param name="OutcomesOn">That day.</param>
/// <param name="Rejected">Rejected.</param>
/// <param name="UndecidedInTime">Upheld by the platform, because nobody had decided by the due day.</param>
/// <param name="Upheld">Upheld by an administrator.</param>
internal sealed record MonthContests(long? Open, long? Opened, DateOnly OutcomesOn, long? Rejected, long? UndecidedInTime, long? Upheld);
