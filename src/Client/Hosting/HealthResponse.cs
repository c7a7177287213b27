namespace Scoring.Client;

/// <summary>The health of the process.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
public sealed record HealthResponse(string Status);

/// <summary>What answers at an address.</summary>
/// <param name="Name">The product's name.</param>
/// <param name="Description">What it is.</param>
/// <param name="Documentation">The path of the page to read and try the API with.</param>
/// <param name="OpenApi">The path of the OpenAPI document.</param>
/// <param name="Portal">The address of the web application for people; <see langword="null"/> when none is configured.</param>
public sealed record AboutResponse(string Name, string Description, string Documentation, string OpenApi, string? Portal);
