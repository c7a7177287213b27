using Scoring.Ledger;

namespace Scoring.Enrolments;

/// <summary>An entry on its way into the ledger behind a decision of the store.</summary>
/// <param name="Kind">What it records.</param>
/// <param name="Key">Unique in its subject.</param>
/// <param name="Day">Its day.</param>
/// <param name="Body">Its body.</param>
public sealed record EntryToAppend(EntryKind Kind, Guid Key, DateOnly Day, byte[] Body);
