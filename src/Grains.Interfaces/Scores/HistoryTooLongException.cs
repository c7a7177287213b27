namespace Scoring.Scores;

/// <summary>
/// A subject has more entries than one call may fold. The gateway answers 409. The archive of the subject, which is written page by page,
/// holds and explains all of them.
/// </summary>
[GenerateSerializer, Alias("scoring.history-too-long")]
public sealed class HistoryTooLongException() : Exception("The subject has more entries than one call may fold.");
