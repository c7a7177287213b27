using System.Buffers.Text;
using System.Text.Json;

namespace Scoring.Receipts;

/// <summary>What a later receipt takes over from the one before it.</summary>
/// <param name="Receipt">Its own identifier.</param>
/// <param name="Record">The consent record's, the same from enrolment to withdrawal.</param>
/// <param name="Principal">The random identifier that stands for the person in these receipts alone.</param>
/// <param name="GivenAt">When consent was given, as it says.</param>
internal sealed record PreviousReceipt(string Receipt, string Record, string Principal, string GivenAt)
{
    /// <summary>
    /// Reads a receipt of ours; those of the first form had one identifier for receipt and record. <see langword="null"/> when it is of
    /// neither form.
    /// </summary>
    public static PreviousReceipt? Read(string jws)
    {
        try
        {
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(jws.Split('.')[1]));
            var root = payload.RootElement;
            if (root.TryGetProperty("receiptId", out var old))
            {
                return new PreviousReceipt(
                    Text(old), Text(old), Text(root.GetProperty("principalId")), Text(root.GetProperty("time")));
            }
            var record = root.GetProperty("dpv:hasRecordOfActivity");
            return new PreviousReceipt(
                Text(root.GetProperty("dct:identifier")), Text(record.GetProperty("dct:identifier")),
                Text(record.GetProperty("dpv:hasDataSubject").GetProperty("dct:identifier")),
                Text(record.GetProperty("dpv:hasConsentStatus")[0].GetProperty("dpv:isIndicatedAtTime")));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or KeyNotFoundException
            or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static string Text(JsonElement element) => element.GetString() ?? throw new FormatException();
}
