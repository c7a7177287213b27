namespace Scoring.Client;

/// <summary>The health of the process.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
public sealed record HealthResponse(string Status);
