using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Scoring.Hosting;

namespace Scoring.Programmes;

/// <summary>
/// Reads every value of every row of every table and takes it apart: JSON bodies into members, signed records into header, content and
/// signature. Two sets share a value when both contain the same eight bytes in a row.
/// </summary>
internal static partial class StoredValues
{
    private const int WindowBytes = 8;
    private const long NumberMin = 1L << 32; // smaller numbers are counts, positions or measurements

    private const string Tables = """
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1
        """;

    /// <summary>Reads all rows of all tables, each as the table's name and JSON.</summary>
    public static async Task<HashSet<string>> Rows(StandaloneDatabase database)
    {
        var rows = new HashSet<string>();
        foreach (var table in await database.Rows<string>(Tables))
            rows.UnionWith((await database.Rows<string>($"SELECT to_jsonb(t)::text FROM {table} t")).Select(row => $"{table} {row}"));
        return rows;
    }

    /// <summary>Returns the values of rows, each with its location.</summary>
    public static IReadOnlyList<(string Where, byte[] Value)> Of(IEnumerable<string> rows)
    {
        var values = new List<(string, byte[])>();
        foreach (var row in rows)
        {
            var at = row.IndexOf(' ', StringComparison.Ordinal);
            using var json = JsonDocument.Parse(row[(at + 1)..]);
            foreach (var column in json.RootElement.EnumerateObject()) TakeApart($"{row[..at]}.{column.Name}", column.Value, values);
        }
        return values;
    }

    /// <summary>Returns what both sets contain, as <c>location and location: bytes</c>, once for each pair of locations.</summary>
    public static IReadOnlyList<string> Shared(
        IEnumerable<(string Where, byte[] Value)> one, IEnumerable<(string Where, byte[] Value)> other)
    {
        var windows = new Dictionary<ulong, string>();
        foreach (var (where, value) in one)
            for (var i = 0; i + WindowBytes <= value.Length; i++)
                windows.TryAdd(BinaryPrimitives.ReadUInt64BigEndian(value.AsSpan(i)), where);
        var shared = new Dictionary<string, string>();
        foreach (var (where, value) in other)
        {
            for (var i = 0; i + WindowBytes <= value.Length; i++)
            {
                if (windows.TryGetValue(BinaryPrimitives.ReadUInt64BigEndian(value.AsSpan(i)), out var there))
                    shared.TryAdd($"{there} and {where}", Encoding.Latin1.GetString(value, i, WindowBytes));
            }
        }
        return [.. shared.Select(pair => $"{pair.Key}: {pair.Value}")];
    }

    private static void TakeApart(string where, JsonElement value, List<(string, byte[])> values)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject()) TakeApart($"{where}/{member.Name}", member.Value, values);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) TakeApart(where, item, values);
                break;
            case JsonValueKind.Number when value.TryGetInt64(out var number) && Math.Abs((double)number) >= NumberMin:
                var bytes = new byte[8];
                BinaryPrimitives.WriteInt64BigEndian(bytes, number);
                values.Add((where, bytes));
                break;
            case JsonValueKind.String:
                TakeApart(where, value.GetString()!, values);
                break;
        }
    }

    private static void TakeApart(string where, string text, List<(string, byte[])> values)
    {
        if (text.StartsWith("\\x", StringComparison.Ordinal))
        {
            var bytes = Convert.FromHexString(text.AsSpan(2));
            if (IsObject(bytes)) TakeApart(where, bytes, values);
            else values.Add((where, bytes));
        }
        else if (SignedRecord().Match(text) is { Success: true } record)
        {
            TakeApart(where + "#header", Base64Url.DecodeFromChars(record.Groups[1].Value), values);
            TakeApart(where + "#content", Base64Url.DecodeFromChars(record.Groups[2].Value), values);
            values.Add((where + "#signature", Encoding.UTF8.GetBytes(record.Groups[3].Value)));
        }
        else if (Moment().Match(text) is { Success: true } moment)
        {
            // Many rows share a day or a second. An instant to the microsecond is identified by its last digits.
            if (moment.Groups[1].Value is { Length: > 3 } fraction)
                values.Add((where, Encoding.UTF8.GetBytes(text[11..19] + fraction)[^WindowBytes..]));
        }
        else
        {
            values.Add((where, Encoding.UTF8.GetBytes(text)));
        }
    }

    private static bool IsObject(byte[] bytes)
    {
        if (bytes is not [(byte)'{', .., (byte)'}']) return false;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return true;
        }
        catch (JsonException)
        {
            return false; // random bytes that begin and end like an object
        }
    }

    private static void TakeApart(string where, byte[] json, List<(string, byte[])> values)
    {
        using var document = JsonDocument.Parse(json);
        TakeApart(where, document.RootElement, values);
    }

    [GeneratedRegex(@"^(eyJ[A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$")]
    private static partial Regex SignedRecord();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:]{8}(\.[0-9]+)?(?:Z|\+00:00))?$")]
    private static partial Regex Moment();
}
