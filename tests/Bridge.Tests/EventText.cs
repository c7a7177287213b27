using System.Text;

namespace Scoring.Bridge;

/// <summary>Writes events. The fake platform refuses those whose id begins with <c>bad</c>.</summary>
internal static class EventText
{
    /// <summary>A handle that no log may hold.</summary>
    public const string Canary = "canary-handle-7f3c1d20-do-not-log";

    public static string Of(string id, string handle = "handle-of-a-stranger", string programme = "safe-driver") =>
        $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"urn:test","type":"traffic.trip","time":"2026-11-30T10:00:00Z","data":{"programme":"{{{programme}}}","handle":"{{{handle}}}"}}""";

    public static byte[] Bytes(string id, string handle = "handle-of-a-stranger") => Encoding.UTF8.GetBytes(Of(id, handle));
}
