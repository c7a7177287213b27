namespace Scoring.Client;

/// <summary>A page of recorded accesses to the participant's own entries.</summary>
/// <param name="Looks">The accesses, newest first.</param>
/// <param name="Below">The next page has the turns below this; <see langword="null"/> at the end.</param>
public sealed record AccessPage(IReadOnlyList<AccessView> Looks, long? Below);

/// <summary>
/// A recorded access: a service's query, or an access by an administrator or an auditor. The names are those registered today; a
/// service that is no longer registered has its id alone.
/// </summary>
/// <param name="Turn">The entry's turn.</param>
/// <param name="Kind"><c>queried</c> for a service's query, <c>looked</c> for any other access.</param>
/// <param name="Day">The entry's day, in the programme's zone.</param>
/// <param name="At">The instant, to the second.</param>
/// <param name="Service">The service's id; <see langword="null"/> for any other access.</param>
/// <param name="LegalEntity">The service's full legal name; for any other access the name of the programme's controller.</param>
/// <param name="Purpose">The service's purpose; <c>contest</c> for an administrator, the case's purpose for an auditor.</param>
/// <param name="Contact">Where a person reaches the service or the controller.</param>
/// <param name="Reference">The reference of the answer that the service got.</param>
/// <param name="Answer">
/// The answer that the service got: the fold of exactly the turns below, on the entry's day. <see langword="null"/> for any other
/// access, and when the ledger no longer holds every turn below.
/// </param>
/// <param name="By">
/// The role of an access that is no query: <c>administrator</c>, who saw the one event that the case is about, or <c>auditor</c>.
/// <see langword="null"/> for a query.
/// </param>
/// <param name="Case">The contest or the audit case that the access belongs to; <see langword="null"/> for a query.</param>
public sealed record AccessView(
    long Turn, EntryKind Kind, DateOnly Day, DateTimeOffset? At, string? Service, string? LegalEntity, string? Purpose, string? Contact,
    string? Reference, ScoreValue? Answer, string? By = null, string? Case = null);
