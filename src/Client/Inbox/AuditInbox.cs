namespace Scoring.Client;

/// <summary>An auditor's open work.</summary>
/// <param name="Cases">The auditor's open cases, earliest end first.</param>
/// <param name="Draws">The draws of these cases.</param>
/// <param name="IsCut">Whether there are more than an inbox holds.</param>
public sealed record AuditInbox(IReadOnlyList<AuditCase> Cases, IReadOnlyList<DrawSummary> Draws, bool IsCut);

/// <summary>A draw in an auditor's inbox, without the places drawn.</summary>
/// <param name="Draw">Its opaque name, 22 characters of base64url.</param>
/// <param name="Case">Its case.</param>
/// <param name="Count">The number of subjects that was requested.</param>
/// <param name="AskedAfter">The number of the latest checkpoint at the request; 0 when there was none.</param>
/// <param name="FixedBy">The number of the checkpoint that decided it; <see langword="null"/> until it was read after that one.</param>
public sealed record DrawSummary(string Draw, string Case, int Count, long AskedAfter, long? FixedBy);
