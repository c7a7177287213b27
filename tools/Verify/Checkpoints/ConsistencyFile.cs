using System.Text.Json;
using Scoring.Verify.Reports;

namespace Scoring.Verify.Checkpoints;

/// <summary>The document of <c>/v1/checkpoints/consistency</c>.</summary>
/// <param name="From">The number of the earlier checkpoint.</param>
/// <param name="To">The number of the later checkpoint.</param>
/// <param name="Proof">The consistency proof of the log of checkpoints.</param>
/// <param name="Partitions">The sizes and the consistency proof by partition.</param>
public sealed record ConsistencyFile(
    long From, long To, IReadOnlyList<byte[]> Proof, IReadOnlyDictionary<int, (long From, long To, IReadOnlyList<byte[]> Proof)> Partitions)
{
    /// <summary>Reads the document.</summary>
    /// <exception cref="UnreadableException">The document is malformed.</exception>
    public static ConsistencyFile Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new ConsistencyFile(
                root.GetProperty("from").GetInt64(), root.GetProperty("to").GetInt64(), Nodes(root),
                root.GetProperty("partitions").EnumerateArray().ToDictionary(
                    log => log.GetProperty("partition").GetInt32(),
                    log => (log.GetProperty("fromSize").GetInt64(), log.GetProperty("toSize").GetInt64(), Nodes(log))));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or ArgumentException)
        {
            throw new UnreadableException("The consistency document is malformed.");
        }
    }

    private static IReadOnlyList<byte[]> Nodes(JsonElement of) =>
        [.. of.GetProperty("proof").EnumerateArray().Select(node => Convert.FromHexString(node.GetString()!))];
}
