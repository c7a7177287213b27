namespace Scoring.Client;

/// <summary>Names a subject to an auditor without saying who it is, in exactly one way. A pick needs its draw.</summary>
/// <param name="Reference">The reference of an answer to a service's query.</param>
/// <param name="Contest">The name of a contest, as its participant sees it.</param>
/// <param name="AuditCode">A code that the participant made for the auditor.</param>
/// <param name="Draw">A draw of the same case.</param>
/// <param name="Pick">The number of a subject in the draw, from 1.</param>
public sealed record NamedSubject(
    string? Reference = null, string? Contest = null, string? AuditCode = null, string? Draw = null, int? Pick = null);

/// <summary>The state of a history that is requested: at most one member is set; none means the current state.</summary>
/// <param name="Turn">The entries up to this turn: on the day of that entry if it is an access, else on the latest of their days.</param>
/// <param name="Day">The current entries, on this past day.</param>
/// <param name="Checkpoint">The entries that this checkpoint covers, on the checkpoint's day.</param>
public sealed record AsOf(long? Turn = null, DateOnly? Day = null, long? Checkpoint = null);

/// <summary>A request to read a history.</summary>
/// <param name="Case">The audit case.</param>
/// <param name="Subject">Names the subject.</param>
/// <param name="AsOf">The turn, day or checkpoint up to which the history is read; now when absent.</param>
/// <param name="After">Only entries with greater turns; from the first when absent.</param>
/// <param name="Count">The maximum number of entries, 1 to 500; 500 when absent.</param>
public sealed record HistoryRequest(string Case, NamedSubject Subject, AsOf? AsOf = null, long? After = null, int? Count = null);
