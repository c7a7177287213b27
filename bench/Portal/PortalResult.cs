namespace Scoring.Bench.Portal;

/// <summary>The result of the bench.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Cores">How many processors browser, portal, platform and database share.</param>
/// <param name="Events">How many events the participant's history has.</param>
/// <param name="Requests">How often each page was requested.</param>
/// <param name="Pages">The pages.</param>
public sealed record PortalResult(string Bench, int Cores, int Events, int Requests, IReadOnlyList<PageTime> Pages);

/// <summary>How long a page takes, from the request to the last byte.</summary>
/// <param name="Page">The page's address below that of the subject.</param>
/// <param name="MsP50">The median in milliseconds.</param>
/// <param name="MsP99">The 99th percentile in milliseconds.</param>
/// <param name="Characters">The length of the page.</param>
public sealed record PageTime(string Page, double MsP50, double MsP99, int Characters);
