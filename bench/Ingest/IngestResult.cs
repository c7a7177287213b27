using System.Text.Json;

namespace Scoring.Bench.Ingest;

/// <summary>What the bench prints, one line of JSON.</summary>
/// <param name="Bench">Its name.</param>
/// <param name="Cores">Processors that platform, database and client share.</param>
/// <param name="Subjects">Subjects enrolled and awake.</param>
/// <param name="Events">Events accepted, each counted and of its own.</param>
/// <param name="Batch">Events in a request.</param>
/// <param name="Parallel">Requests under way at once.</param>
/// <param name="EnrolSeconds">How long enrolling took, each with a real proof over HTTP.</param>
/// <param name="WakeSeconds">How long waking them took, each by its participant's reading the score.</param>
/// <param name="AcceptedPerSecond">Events from the first request's start to the last answer, a second.</param>
/// <param name="FoldedPerSecond">Events from the first request's start until the last is folded by its awake subject, a second.</param>
/// <param name="CopyPerSecond">Rows of the bare binary COPY of the same rows, a second.</param>
/// <param name="Ratio">Folded to copied.</param>
/// <param name="BatchMsP50">Half the requests were answered within.</param>
/// <param name="BatchMsP99">All but a hundredth were.</param>
/// <param name="CopyBytes">Bytes of the rows in binary COPY form.</param>
public sealed record IngestResult(
    string Bench, int Cores, int Subjects, long Events, int Batch, int Parallel, double EnrolSeconds, double WakeSeconds,
    double AcceptedPerSecond, double FoldedPerSecond, double CopyPerSecond, double Ratio, double BatchMsP50, double BatchMsP99,
        long CopyBytes)
{
    /// <summary>The line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
