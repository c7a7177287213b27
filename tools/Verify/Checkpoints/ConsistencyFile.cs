using System.Text.Json;

namespace Scoring.Verify.Checkpoints;

/// <summary>The document of <c>/v1/checkpoints/consistency</c>.</summary>
/// <param name="From">The earlier number.</param>
/// <param name="To">The later number.</param>
/// <param name="Proof">Of the log of checkpoints.</param>
/// <param name="Partitions">By partition: sizes and nodes.</param>
public sealed record ConsistencyFile(
    long From, long To, IReadOnlyList<byte[]> Proof, IReadOnlyDictionary<int, (long From, long To, IReadOnlyList<byte[]> Proof)> Partitions)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="UnreadableException">It is none.</exception>
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
            throw new UnreadableException("The consistency document is not of its form.");
        }
    }

    private static IReadOnlyList<byte[]> Nodes(JsonElement of) =>
        [.. of.GetProperty("proof").EnumerateArray().Select(node => Convert.FromHexString(node.GetString()!))];
}
