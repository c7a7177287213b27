using System.Buffers.Text;
using System.Text.Json;

namespace Scoring.Receipts;

/// <summary>The facts that a later receipt takes over from the previous one.</summary>
/// <param name="Receipt">The identifier of the previous receipt.</param>
/// <param name="Record">The identifier of the consent record, the same from enrolment to withdrawal.</param>
/// <param name="Principal">The random identifier of the person, used in these receipts only.</param>
/// <param name="GivenAt">The instant of the consent, as the receipt has it.</param>
internal sealed record PreviousReceipt(string Receipt, string Record, string Principal, string GivenAt)
{
    /// <summary>
    /// Reads a receipt of this platform. The first form has one identifier for both receipt and record. <see langword="null"/> when the
    /// text has neither form.
    /// </summary>
    /// <param name="jws">The signed receipt, a compact JWS. Its signature is not checked.</param>
    public static PreviousReceipt? Read(string jws)
    {
        try
        {
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(jws.Split('.')[1]));
            var root = payload.RootElement;
            if (root.TryGetProperty("receiptId", out var firstForm))
            {
                return new PreviousReceipt(
                    Text(firstForm), Text(firstForm), Text(root.GetProperty("principalId")), Text(root.GetProperty("time")));
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
