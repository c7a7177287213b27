using System.Globalization;

namespace Scoring.Ledger;

/// <summary>
/// The numbers of <see cref="EntryKind"/> as SQL literals, each under the name of its member, so that a statement names the kind that it
/// means. They are literals and not parameters, because PostgreSQL uses a partial index only for a kind that is written in the statement.
/// </summary>
internal static class EntryKindSql
{
    public static readonly string Erased = Literal(EntryKind.Erased);
    public static readonly string Event = Literal(EntryKind.Event);
    public static readonly string Queried = Literal(EntryKind.Queried);
    public static readonly string Looked = Literal(EntryKind.Looked);
    public static readonly string Corrected = Literal(EntryKind.Corrected);
    public static readonly string ContestOpened = Literal(EntryKind.ContestOpened);
    public static readonly string ContestDecided = Literal(EntryKind.ContestDecided);
    public static readonly string Enrolled = Literal(EntryKind.Enrolled);
    public static readonly string Withdrawn = Literal(EntryKind.Withdrawn);
    public static readonly string Padding = Literal(EntryKind.Padding);
    public static readonly string Act = Literal(EntryKind.Act);
    public static readonly string ConsentRenewed = Literal(EntryKind.ConsentRenewed);
    public static readonly string ContestExtended = Literal(EntryKind.ContestExtended);
    public static readonly string Expired = Literal(EntryKind.Expired);

    /// <summary>Returns the number of a kind as a literal.</summary>
    public static string Literal(EntryKind kind) => ((byte)kind).ToString(CultureInfo.InvariantCulture);
}
