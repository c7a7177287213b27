using System.Text;

namespace Scoring.Testing;

/// <summary>What a test needs of a span as it was exported (opentelemetry/proto/trace/v1/trace.proto).</summary>
/// <param name="Service">The service that exported it.</param>
/// <param name="Instance">The instance of that service.</param>
/// <param name="Name">Its name.</param>
/// <param name="Trace">The id of its trace, in hexadecimal.</param>
/// <param name="Id">Its own id.</param>
/// <param name="Parent">The id of its parent; empty for the first of a trace.</param>
/// <param name="Links">The ids of the spans that it links to.</param>
public sealed record ExportedSpan(
    string Service, string Instance, string Name, string Trace, string Id, string Parent, IReadOnlyList<string> Links)
{
    /// <summary>Reads the spans of one export.</summary>
    public static IEnumerable<ExportedSpan> Read(byte[] request) =>
        from resourceSpans in Fields(request).Where(field => field.Number == 1)
        let attributes = Fields(resourceSpans.Bytes).Where(field => field.Number == 1)
            .SelectMany(resource => Fields(resource.Bytes)).Where(field => field.Number == 1)
            .ToDictionary(pair => Text(pair.Bytes, 1), pair => Text(Fields(pair.Bytes).First(field => field.Number == 2).Bytes, 1))
        from scopeSpans in Fields(resourceSpans.Bytes).Where(field => field.Number == 2)
        from span in Fields(scopeSpans.Bytes).Where(field => field.Number == 2)
        select new ExportedSpan(
            attributes["service.name"], attributes["service.instance.id"], Text(span.Bytes, 5), Hex(span.Bytes, 1), Hex(span.Bytes, 2),
            Hex(span.Bytes, 4), [.. Fields(span.Bytes).Where(field => field.Number == 13).Select(link => Hex(link.Bytes, 2))]);

    private static string Text(ReadOnlyMemory<byte> message, int number) => Encoding.UTF8.GetString(Of(message, number));

    private static string Hex(ReadOnlyMemory<byte> message, int number) => Convert.ToHexStringLower(Of(message, number));

    private static ReadOnlySpan<byte> Of(ReadOnlyMemory<byte> message, int number) =>
        Fields(message).FirstOrDefault(field => field.Number == number).Bytes.Span;

    /// <summary>Reads the fields of a protobuf message; those that are numbers have no bytes.</summary>
    private static IEnumerable<(int Number, ReadOnlyMemory<byte> Bytes)> Fields(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var length = (tag & 7) switch
            {
                0 => 0,
                1 => sizeof(ulong),
                2 => (int)Varint(message, ref at),
                5 => sizeof(uint),
                var other => throw new InvalidDataException($"There is no wire type {other}."),
            };
            if ((tag & 7) == 0) Varint(message, ref at);
            yield return ((int)(tag >> 3), message.Slice(at, length));
            at += length;
        }
    }

    private static ulong Varint(ReadOnlyMemory<byte> message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message.Span[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
