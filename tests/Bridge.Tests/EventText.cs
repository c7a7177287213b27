using System.Text;

namespace Scoring.Bridge;

/// <summary>Writes events. The fake platform refuses those whose id begins with <c>bad</c>.</summary>
internal static class EventText
{
    /// <summary>A handle that no log may hold.</summary>
    public const string Canary = "canary-handle-7f3c1d20-do-not-log";

    private const string Fixed =
        "\"specversion\":\"1.0\",\"source\":\"urn:test\",\"type\":\"traffic.trip\",\"time\":\"2026-11-30T10:00:00Z\"";

    public static string Of(string id, string handle = "handle-of-a-stranger") =>
        $$$"""{"id":"{{{id}}}",{{{Fixed}}},"data":{"programme":"safe-driver","handle":"{{{handle}}}"}}""";

    public static byte[] Bytes(string id, string handle = "handle-of-a-stranger") => Encoding.UTF8.GetBytes(Of(id, handle));
}
