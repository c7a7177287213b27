using System.Collections.Immutable;
using Scoring.Audit;
using Scoring.Hosting;

namespace Scoring.Inbox;

/// <summary>
/// Collects an auditor's own open cases and draws. A reentrant stateless worker with key 0; it keeps no state and writes nothing. It leads
/// to no subject: audit codes are stored by subject alone, so an inbox cannot list them.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
[Alias("scoring.IAuditInboxGrain"), GrainInterfaceType("audit-inbox")]
public interface IAuditInboxGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the auditor's cases that have not expired, and the draws of these cases.</summary>
    /// <param name="auditor">The pairwise subject identifier of the auditor's token.</param>
    [Alias("Read"), AnySilo]
    Task<AuditInbox> Read(string auditor);
}

/// <summary>An auditor's open work.</summary>
/// <param name="Cases">The auditor's open cases, earliest end first.</param>
/// <param name="Draws">The draws of these cases.</param>
/// <param name="IsCut">Whether there are more than an inbox holds (<c>Inbox:ItemsMax</c> of each).</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-inbox")]
public sealed record AuditInbox(ImmutableArray<AuditCase> Cases, ImmutableArray<DrawSummary> Draws, bool IsCut);

/// <summary>A draw in an auditor's inbox, without the places drawn.</summary>
/// <param name="Draw">Its opaque name, 22 characters of base64url.</param>
/// <param name="Case">Its case.</param>
/// <param name="Count">The number of subjects that was requested.</param>
/// <param name="AskedAfter">The number of the latest checkpoint at the request; 0 when there was none.</param>
/// <param name="FixedBy">The number of the checkpoint that decided it; <see langword="null"/> until it was read after that one.</param>
[GenerateSerializer, Immutable, Alias("scoring.draw-summary")]
public sealed record DrawSummary(string Draw, string Case, int Count, long AskedAfter, long? FixedBy)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(DrawSummary);
}
