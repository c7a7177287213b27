using System.Text;
using Microsoft.Extensions.Primitives;
using Scoring.Limits;

namespace Scoring.Intake;

/// <summary>Reads the attributes of a binary event from its headers (CloudEvents HTTP protocol binding 1.0, 3.1.3).</summary>
internal sealed class HeaderReader(AttributeReader attributes, GatewayLimits limits, FaultList faults)
{
    private const string Prefix = "ce-";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads every header whose name begins with <c>ce-</c>.</summary>
    public void Read(IHeaderDictionary headers, ref EventDraft draft)
    {
        foreach (var header in headers)
            if (header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                ReadAttribute(ref draft, header.Key[Prefix.Length..].ToLowerInvariant(), header.Value);
    }

    private void ReadAttribute(ref EventDraft draft, string name, StringValues values)
    {
        var known = AttributeReader.MemberOf(name);
        var at = FaultList.Member("", name);
        if (known is CloudEventMembers.Data or CloudEventMembers.DataBase64 or CloudEventMembers.DataContentType)
        {
            faults.Add(draft.Index, at, "Binary mode has no such header: send the data as the body, with its content type.");
            return;
        }

        if (!attributes.TryRegister(ref draft, known, name)) return;
        draft.Set |= known;
        if (values.Count != 1) faults.Add(draft.Index, at, FaultList.Duplicate);
        else if (Decode(values.ToString()) is not { } value) faults.Add(draft.Index, at, "Its percent-encoding is not valid.");
        else if (value.Length > limits.AttributeBytesMax)
            faults.Add(draft.Index, at, $"It must not be longer than {limits.AttributeBytesMax} bytes.");
        else attributes.CheckText(ref draft, known, name, value);
    }

    /// <summary>Removes quotes, then one level of percent-encoding; <see langword="null"/> when the encoding is not valid.</summary>
    internal static string? Decode(string value)
    {
        if (value.Length >= 2 && value[0] == '"' && value[^1] == '"') value = Unquote(value.AsSpan(1, value.Length - 2));
        if (!value.Contains('%', StringComparison.Ordinal)) return value;
        try
        {
            var bytes = new List<byte>(value.Length);
            for (var i = 0; i < value.Length; i++)
            {
                if (value[i] != '%')
                {
                    var length = char.IsHighSurrogate(value[i]) && i + 1 < value.Length ? 2 : 1;
                    bytes.AddRange(StrictUtf8.GetBytes(value.Substring(i, length)));
                    i += length - 1;
                }
                else if (i + 2 < value.Length && char.IsAsciiHexDigit(value[i + 1]) && char.IsAsciiHexDigit(value[i + 2]))
                {
                    bytes.Add(Convert.FromHexString(value.AsSpan(i + 1, 2))[0]);
                    i += 2;
                }
                else
                {
                    return null;
                }
            }

            return StrictUtf8.GetString([.. bytes]);
        }
        catch (ArgumentException)
        {
            return null; // the decoded bytes are not UTF-8
        }
    }

    private static string Unquote(ReadOnlySpan<char> quoted)
    {
        var text = new StringBuilder(quoted.Length);
        for (var i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] == '\\' && i + 1 < quoted.Length) i++;
            text.Append(quoted[i]);
        }

        return text.ToString();
    }
}
