using Scoring.Ledger;

namespace Scoring.Enrolments;

/// <summary>An entry that the store appends in the transaction of a decision.</summary>
/// <param name="Kind">The kind of entry.</param>
/// <param name="Key">The key, unique in the subject.</param>
/// <param name="Day">The entry's day, in the programme's zone.</param>
/// <param name="Body">The body, canonical JSON in UTF-8.</param>
public sealed record EntryToAppend(EntryKind Kind, Guid Key, DateOnly Day, byte[] Body);
