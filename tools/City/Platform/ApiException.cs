using System.Net;

namespace Scoring.City.Platform;

/// <summary>The API answered with something City did not expect.</summary>
public sealed class ApiException(HttpStatusCode status, string what, string answer)
    : Exception($"{what} was answered with {(int)status}: {(answer.Length > 600 ? answer[..600] + "…" : answer)}")
{
    /// <summary>The status answered.</summary>
    public HttpStatusCode Status => status;
}
