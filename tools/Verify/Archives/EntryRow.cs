using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Verify.Archives;

/// <summary>A row of <c>entries.json</c>.</summary>
/// <param name="Turn">Its number in the subject's history, from 1.</param>
/// <param name="Position">Its number in its partition, from 1.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Kind">The number of its kind.</param>
/// <param name="Day">Its day.</param>
/// <param name="Key">Its key, a GUID.</param>
/// <param name="Nonce">The 32 bytes that hide its content in the leaf.</param>
/// <param name="Leaf">The leaf that it claims.</param>
/// <param name="Body">The bytes of its body; empty without a body.</param>
public sealed record EntryRow(
    long Turn, long Position, int Partition, int Kind, DateOnly Day, string Key, byte[] Nonce, byte[] Leaf, byte[] Body)
{
    /// <summary>Its parsed body; empty without a body.</summary>
    public JsonObject Content => Body.Length == 0 ? [] : JsonNode.Parse(Body)!.AsObject();

    /// <summary>Reads a row.</summary>
    public static EntryRow Read(JsonElement row) => new(
        row.GetProperty("turn").GetInt64(), row.GetProperty("position").GetInt64(), row.GetProperty("partition").GetInt32(),
        row.GetProperty("kindNumber").GetByte(), IsoDay.Parse(row.GetProperty("day").GetString()!), row.GetProperty("key").GetString()!,
        Convert.FromHexString(row.GetProperty("nonce").GetString()!), Convert.FromHexString(row.GetProperty("leaf").GetString()!),
        BodyOf(row));

    /// <summary>Returns the bytes of a row's body exactly as they are in the file; empty without a body.</summary>
    public static byte[] BodyOf(JsonElement row) => row.TryGetProperty("body", out var body) && body.ValueKind != JsonValueKind.Null
        ? Encoding.UTF8.GetBytes(body.GetRawText())
        : [];

    /// <summary>Computes the leaf of the row for a subject.</summary>
    public byte[] LeafOf(long subject)
    {
        var key = Convert.FromHexString(Key.Replace("-", "", StringComparison.Ordinal));
        return LeafOf(Nonce, Kind, Day, key, Body, subject, Partition, Position, Turn);
    }

    /// <summary>Computes a leaf. Integers are big-endian, and every field but the body has a fixed width.</summary>
    public static byte[] LeafOf(
        byte[] nonce, int kind, DateOnly day, byte[] key, byte[] body, long subject, int partition, long position, long turn)
    {
        using var bytes = new MemoryStream();
        bytes.WriteByte(0);
        bytes.Write(nonce);
        bytes.WriteByte((byte)kind);
        Write(4, day.DayNumber - new DateOnly(2000, 1, 1).DayNumber);
        bytes.Write(key);
        bytes.Write(body);
        Write(8, subject);
        Write(4, partition);
        Write(8, position);
        Write(8, turn);
        return SHA256.HashData(bytes.ToArray());

        void Write(int width, long number)
        {
            Span<byte> big = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(big, number);
            bytes.Write(big[(8 - width)..]);
        }
    }
}

/// <summary>Days in the form yyyy-MM-dd.</summary>
public static class IsoDay
{
    /// <summary>Parses a day.</summary>
    public static DateOnly Parse(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
