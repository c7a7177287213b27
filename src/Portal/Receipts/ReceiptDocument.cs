using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Receipts;

/// <summary>Reads what a receipt says. It does not verify the receipt: the page says how a person does that offline.</summary>
public static class ReceiptDocument
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a page encodes it again
    };

    /// <summary>Returns the payload of a compact JWS as indented JSON; <see langword="null"/> when it is none.</summary>
    public static string? Read(string receipt)
    {
        if (receipt.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload)) return null;
        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(payload)))?.ToJsonString(Format);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
