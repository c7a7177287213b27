using System.Net;

namespace Scoring.City.Platform;

/// <summary>The API answered with an unexpected status.</summary>
public sealed class ApiException(HttpStatusCode status, string request, string answer)
    : Exception($"{request} was answered with status {(int)status}: {(answer.Length > 600 ? answer[..600] + "…" : answer)}")
{
    /// <summary>The status of the answer.</summary>
    public HttpStatusCode Status => status;
}
