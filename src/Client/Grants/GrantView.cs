namespace Scoring.Client;

/// <summary>A request for a grant: a permission for one service to query one subject.</summary>
/// <param name="Service">The id of a service registered for the programme.</param>
/// <param name="Until">The instant at which the grant ends, in the future; absent for none.</param>
/// <param name="Uses">
/// The number of queries that it allows, 1 to 1,000,000; absent for any number. A repeated query within an answer's validity gets
/// that answer and does not count.
/// </param>
public sealed record GrantRequest(string Service, DateTimeOffset? Until = null, int? Uses = null);

/// <summary>A new grant.</summary>
/// <param name="Id">An opaque id, by which it is listed and revoked.</param>
/// <param name="Token">The token that the participant gives to the service: 43 characters of base64url, shown once.</param>
public sealed record NewGrantView(string Id, string Token);

/// <summary>A grant that has not ended.</summary>
/// <param name="Id">An opaque id.</param>
/// <param name="Service">The service that may query.</param>
/// <param name="Since">The instant at which it was given.</param>
/// <param name="Until">The instant at which it ends; <see langword="null"/> for none.</param>
/// <param name="UsesLeft">
/// The number of queries that it still allows; <see langword="null"/> for any number, 0 when it is used up.
/// </param>
public sealed record GrantView(string Id, string Service, DateTimeOffset Since, DateTimeOffset? Until, int? UsesLeft = null);
