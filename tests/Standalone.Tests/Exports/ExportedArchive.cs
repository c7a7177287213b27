using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Expected;
using Scoring.City.Platform;
using Scoring.Verify.Scores;

namespace Scoring.Exports;

/// <summary>
/// Reads and verifies a participant's archive as a third party can: by its README, plain cryptography and City's slow score. It uses none
/// of the platform's code.
/// </summary>
internal sealed class ExportedArchive : IDisposable
{
    private readonly ZipArchive _zip;

    private ExportedArchive(ZipArchive zip, JsonNode manifest)
    {
        _zip = zip;
        Manifest = manifest;
    }

    public JsonNode Manifest { get; }

    public long LastTurn => (long)Manifest["lastTurn"]!;

    public DateOnly Day => Date(Manifest["day"]!);

    /// <summary>Opens an archive; one of the keys must have signed its manifest, and the manifest must match every file.</summary>
    public static ExportedArchive Open(Stream file, JsonNode publishedKeys)
    {
        var zip = new ZipArchive(file, ZipArchiveMode.Read);
        var signature = Encoding.ASCII.GetString(Bytes(zip, "manifest.jws"));
        var payload = Verified(signature, publishedKeys, "export-manifest+jws");
        payload.ShouldBe(Bytes(zip, "manifest.json"));
        var manifest = JsonNode.Parse(payload)!;
        ((string)manifest["schemaVersion"]!).ShouldBe("scoring-export-1");
        var listed = manifest["files"]!.AsArray().ToDictionary(one => (string)one!["name"]!, one => one!);
        zip.Entries.Select(entry => entry.FullName).Except(["manifest.json", "manifest.jws"]).ShouldBe(listed.Keys, ignoreOrder: true);
        foreach (var (name, one) in listed)
        {
            using var content = zip.GetEntry(name)!.Open();
            using var counted = new CountingStream(content);
            Convert.ToHexStringLower(SHA256.HashData(counted)).ShouldBe((string)one["sha256"]!, name);
            counted.Count.ShouldBe((long)one["bytes"]!, name);
        }
        return new ExportedArchive(zip, manifest);
    }

    /// <summary>Verifies a JWS by ES256 with one of the keys; returns its payload.</summary>
    public static byte[] Verified(string jws, JsonNode keys, string type)
    {
        var parts = jws.Split('.');
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!;
        ((string)header["alg"]!, (string)header["typ"]!).ShouldBe(("ES256", type));
        var key = keys["keys"]!.AsArray().Single(one => (string)one!["kid"]! == (string)header["kid"]!)!;
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = { X = Base64Url.DecodeFromChars((string)key["x"]!), Y = Base64Url.DecodeFromChars((string)key["y"]!) },
        });
        ecdsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256)
            .ShouldBeTrue("the signature does not hold");
        return Base64Url.DecodeFromChars(parts[1]);
    }

    public IEnumerable<string> Names => _zip.Entries.Select(entry => entry.FullName);

    public string Text(string name) => Encoding.UTF8.GetString(Bytes(_zip, name));

    public byte[] Bytes(string name) => Bytes(_zip, name);

    public JsonNode Json(string name) => JsonNode.Parse(Bytes(_zip, name))!;

    /// <summary>Reads the entries line by line and checks each leaf with the formula of the README.</summary>
    public IEnumerable<JsonElement> Entries()
    {
        var subject = long.Parse((string)Manifest["subject"]!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        using var lines = new StreamReader(_zip.GetEntry("entries.json")!.Open());
        lines.ReadLine().ShouldBe("[");
        while (lines.ReadLine() is { } line && line != "]")
        {
            var entry = JsonSerializer.Deserialize<JsonElement>(line.TrimEnd(','));
            Leaf(entry, subject).ShouldBe(entry.GetProperty("leaf").GetString());
            yield return entry;
        }
    }

    /// <summary>Computes the score of the archive's day from its entries and rule sets only.</summary>
    public (long Score, string Tier) Recomputed()
    {
        var terms = Names.Where(name => name.StartsWith("rulesets/programme-", StringComparison.Ordinal)).Select(Json).Last();
        var sets = Names.Where(name => name.StartsWith("rulesets/ruleset-", StringComparison.Ordinal)).Select(Set).ToArray();
        var programme = new ProgrammeDocument(
            (string)terms["id"]!, TimeZoneInfo.FindSystemTimeZoneById((string)terms["zone"]!), (long)terms["floor"]!,
            (long)terms["ceiling"]!, (int)terms["latenessDaysMax"]!, Day, sets);
        var events = Entries().Where(entry => entry.GetProperty("kind").GetString() == "event").Select(entry => new CountedEvent(
            entry.GetProperty("body").GetProperty("type").GetString()!, Date(entry.GetProperty("day").GetString()!),
            JsonNode.Parse(entry.GetProperty("body").GetProperty("data").GetRawText())!.AsObject()));
        var score = SlowScore.Of(programme, Day, [.. events]);
        return (score.Score, score.Tier);
    }

    /// <summary>Returns the rows of a table, read by RFC 4180.</summary>
    public List<string[]> Csv(string name)
    {
        using var csv = new CsvHelper.CsvParser(
            new StringReader(Text(name)), new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" });
        var rows = new List<string[]>();
        while (csv.Read()) rows.Add(csv.Record!);
        rows.ShouldAllBe(row => row.Length == rows[0].Length);
        return rows;
    }

    public void Dispose() => _zip.Dispose();

    private RuleSetDocument Set(string name)
    {
        var document = Json(name).AsObject();
        document["hash"] = Convert.ToHexStringLower(SHA256.HashData(Bytes(name)));
        return RuleSetDocument.Read(JsonSerializer.SerializeToElement(document));
    }

    private static string Leaf(JsonElement entry, long subject)
    {
        var body = entry.GetProperty("body").ValueKind == JsonValueKind.Null ? "" : entry.GetProperty("body").GetRawText();
        using var bytes = new MemoryStream();
        bytes.WriteByte(0);
        bytes.Write(Convert.FromHexString(entry.GetProperty("nonce").GetString()!));
        bytes.WriteByte(entry.GetProperty("kindNumber").GetByte());
        Whole(4, Date(entry.GetProperty("day").GetString()!).DayNumber - new DateOnly(2000, 1, 1).DayNumber);
        bytes.Write(Convert.FromHexString(entry.GetProperty("key").GetString()!.Replace("-", "", StringComparison.Ordinal)));
        bytes.Write(Encoding.UTF8.GetBytes(body));
        Whole(8, subject);
        Whole(4, entry.GetProperty("partition").GetInt64());
        Whole(8, entry.GetProperty("position").GetInt64());
        Whole(8, entry.GetProperty("turn").GetInt64());
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));

        void Whole(int width, long number)
        {
            Span<byte> big = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(big, number);
            bytes.Write(big[(8 - width)..]);
        }
    }

    private static byte[] Bytes(ZipArchive zip, string name)
    {
        using var content = zip.GetEntry(name).ShouldNotBeNull(name).Open();
        using var all = new MemoryStream();
        content.CopyTo(all);
        return all.ToArray();
    }

    private static DateOnly Date(JsonNode text) => Date((string)text!);

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class CountingStream(Stream inner) : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Count; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            Count += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
