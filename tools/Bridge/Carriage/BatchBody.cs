using Scoring.Bridge.Messages;

namespace Scoring.Bridge.Carriage;

/// <summary>Writes a batch in the JSON batch format of CloudEvents. The events' own bytes stay as they are.</summary>
internal static class BatchBody
{
    /// <summary>Returns an array of the events.</summary>
    public static byte[] Write(IReadOnlyList<CarriedEvent> batch)
    {
        var body = new byte[batch.Sum(carried => carried.Bytes.Length + 1) + 1];
        var at = 0;
        foreach (var carried in batch)
        {
            body[at++] = at == 1 ? (byte)'[' : (byte)',';
            carried.Bytes.Span.CopyTo(body.AsSpan(at));
            at += carried.Bytes.Length;
        }
        body[at] = (byte)']';
        return body;
    }
}
