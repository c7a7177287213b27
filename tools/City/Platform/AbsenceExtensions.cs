using System.Net;
using Scoring.Client;

namespace Scoring.City.Platform;

/// <summary>Turns the answer that something is not there into <see langword="null"/>.</summary>
public static class AbsenceExtensions
{
    /// <summary>Returns the answer; <see langword="null"/> when the platform answers 404.</summary>
    public static async Task<T?> OrNull<T>(this Task<T> call)
        where T : class
    {
        try
        {
            return await call;
        }
        catch (ScoringProblemException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
