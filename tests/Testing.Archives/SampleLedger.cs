using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Scoring.Verify.Archives;
using Scoring.Verify.Checkpoints;

namespace Scoring.Verify;

/// <summary>
/// A synthetic platform with its own keys: a ledger of two partitions, one person's history in the first, checkpoints, and archives. It
/// signs also what a test changed, like a platform whose database was changed by hand.
/// </summary>
internal sealed class SampleLedger : IDisposable
{
    public const string Origin = "sample.example/ledger";
    public const string Reference = "AAAAAAAAAAAAAAAAAAAAAA";

    private const long Subject = 0x0123456789abcdef;
    private const string RuleSet =
        """{"firstDay":"2026-01-01","number":1,"rules":["""
        + """{"capPerDay":100,"capPerWindow":100,"eventType":"traffic.trip","halfLifeDays":0"""
        + ""","id":"trips","points":5,"reason":"Calm.","windowDays":90},"""
        + """{"capPerDay":100,"capPerWindow":100,"eventType":"traffic.speeding","halfLifeDays":0"""
        + ""","id":"speed","points":-7,"reason":"Fast.","windowDays":90}]"""
        + ""","summary":"One.","tiers":[{"from":500,"name":"baseline"},{"from":510,"name":"silver"}]}""";

    private const string Terms =
        """{"ceiling":1000,"floor":500,"id":"safe-driver","latenessDaysMax":30,"retentionDays":730,"zone":"Europe/Berlin"}""";

    private readonly ECDsa _receipts = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly List<byte[]>[] _leaves = [[], []];
    private readonly List<byte[]> _statements = [];
    private byte[] _seed = RandomNumberGenerator.GetBytes(32);

    public SampleLedger()
    {
        Add(7, "2026-03-01", new JsonObject { ["receipt"] = "r", ["ruleSet"] = Digest(RuleSet) });
        for (var i = 0; i < 6; i++) AddEvent($"2026-03-{2 + i:00}", i == 4 ? "traffic.speeding" : "traffic.trip");
        Add(2, "2026-03-09", new JsonObject
            { ["at"] = "2026-03-09T09:00:00Z", ["grant"] = "g", ["reference"] = Reference, ["service"] = "desk" });
        AddEvent("2026-03-10", "traffic.trip");
        Fill();
    }

    public List<EntryRow> Entries { get; } = [];

    /// <summary>The score, the tier and the points of both rules in the explanation.</summary>
    public (long Score, string Tier, long Trips, long Speed) Explained { get; set; } = (523, "silver", 30, -7);

    public string Rules { get; set; } = RuleSet;

    public string Recorded { get; set; } = Digest(RuleSet);

    public string Day { get; set; } = "2026-03-20";

    public string MadeAt { get; set; } = "2026-03-20T12:00:00Z";

    public string Key => new NoteKey(Origin, false, Public).Text();

    private byte[] Public
    {
        get
        {
            var key = new byte[32];
            Ed25519.GeneratePublicKey(_seed, 0, key, 0);
            return key;
        }
    }

    public EntryRow Add(int kind, string day, JsonObject body)
    {
        var row = new EntryRow(
            Entries.Count + 1, _leaves[0].Count + 1, 0, kind, IsoDay.Parse(day), Guid.NewGuid().ToString(),
            RandomNumberGenerator.GetBytes(32), [], Encoding.UTF8.GetBytes(body.ToJsonString()));
        row = row with { Leaf = row.LeafOf(Subject) };
        Entries.Add(row);
        _leaves[0].Add(row.Leaf);
        _leaves[1].Add(RandomNumberGenerator.GetBytes(32)); // of another subject
        return row;
    }

    public void AddEvent(string day, string type) =>
        Add(1, day, new JsonObject { ["data"] = new JsonObject(), ["source"] = "s", ["type"] = type });

    /// <summary>Fills each partition to a whole tile.</summary>
    public void Fill()
    {
        foreach (var leaves in _leaves)
            while (leaves.Count % 256 != 0) leaves.Add(RandomNumberGenerator.GetBytes(32));
    }

    /// <summary>Gives a changed row a matching leaf, like an attacker who knows the subject's ledger key.</summary>
    public static EntryRow Rehashed(EntryRow row) => row with { Leaf = row.LeafOf(Subject) };

    /// <summary>Replaces the leaf at a position of the first partition.</summary>
    public void Rewrite(long position, byte[] leaf) => _leaves[0][(int)position - 1] = leaf;

    /// <summary>Makes and signs a checkpoint of the current logs. Returns its note.</summary>
    public string Seal(string at = "2026-03-20T11:00:00Z", string incarnation = "0123456789abcdef", string? previous = null)
    {
        var statement = new StringBuilder();
        statement.Append(CultureInfo.InvariantCulture, $"at {at}\nlife {incarnation}\n");
        if (previous is not null) statement.Append(CultureInfo.InvariantCulture, $"break {previous}\n");
        for (var partition = 0; partition < _leaves.Length; partition++)
            statement.Append(
                CultureInfo.InvariantCulture,
                $"partition {partition} {_leaves[partition].Count} {Convert.ToBase64String(SlowTree.Root([.. _leaves[partition]]))}\n");
        _statements.Add(Rfc9162.Leaf(Encoding.UTF8.GetBytes(statement.ToString())));
        _sizes.Add([.. _leaves.Select(leaves => leaves.Count)]);
        return Sign($"{Origin}\n{_statements.Count}\n{Convert.ToBase64String(SlowTree.Root([.. _statements]))}\n{statement}");
    }

    /// <summary>Draws a new key for the next checkpoints.</summary>
    public void ReplaceKey() => _seed = RandomNumberGenerator.GetBytes(32);

    /// <summary>Removes the latest checkpoint, so that the next one gets its number.</summary>
    public void RemoveLastCheckpoint()
    {
        _statements.RemoveAt(_statements.Count - 1);
        _sizes.RemoveAt(_sizes.Count - 1);
    }

    public string Consistency(int from, int to) => new JsonObject
    {
        ["from"] = from,
        ["to"] = to,
        ["proof"] = Nodes(SlowTree.Proof(from, [.. _statements.Take(to)])),
        ["partitions"] = new JsonArray([.. _leaves.Select((leaves, partition) => (JsonNode)new JsonObject
        {
            ["partition"] = partition,
            ["fromSize"] = _sizes[from - 1][partition],
            ["toSize"] = _sizes[to - 1][partition],
            ["proof"] = Nodes(SlowTree.Proof(_sizes[from - 1][partition], [.. leaves.Take(_sizes[to - 1][partition])])),
        })]),
    }.ToJsonString();

    private readonly List<int[]> _sizes = [];

    /// <summary>Makes the person's archive.</summary>
    /// <param name="note">The checkpoint in it; <see langword="null"/> for an archive without one.</param>
    /// <param name="change">Changes files before the platform signs them.</param>
    /// <param name="afterSigning">Changes files after the platform signed them.</param>
    public byte[] Archive(
        string? note, Action<Dictionary<string, string>>? change = null, Action<Dictionary<string, string>>? afterSigning = null)
    {
        var size = _leaves[0].Count / 256 * 256;
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["entries.json"] = Lines(Entries.Select(Row)),
            ["explanation.json"] = new JsonObject
            {
                ["score"] = Explained.Score, ["tier"] = Explained.Tier,
                ["rules"] = new JsonArray(
                    new JsonObject { ["rule"] = "trips", ["worth"] = Explained.Trips },
                    new JsonObject { ["rule"] = "speed", ["worth"] = Explained.Speed }),
            }.ToJsonString(),
            ["rulesets/ruleset-1.json"] = Rules,
            ["rulesets/programme-1.json"] = Terms,
            ["record.json"] = Lines([new JsonObject
            {
                ["number"] = 1, ["act"] = "published", ["details"] = new JsonObject { ["number"] = 1, ["ruleSet"] = Recorded },
            }.ToJsonString()]),
            ["receipt-keys.json"] = ReceiptKeys,
            ["checkpoint-keys.txt"] = Key + "\n",
        };
        if (note is not null)
        {
            files["checkpoint.txt"] = note;
            files["proofs.json"] = Lines(Entries.Where(entry => entry.Position <= size).Select(entry => new JsonObject
            {
                ["turn"] = entry.Turn, ["position"] = entry.Position,
                ["path"] = Nodes(SlowTree.Path((int)entry.Position - 1, [.. _leaves[0].Take(size)])),
            }.ToJsonString()));
        }
        change?.Invoke(files);
        return Zip("scoring-export-1", files, afterSigning);
    }

    public byte[] Zip(string format, Dictionary<string, string> files, Action<Dictionary<string, string>>? afterSigning = null)
    {
        var manifest = new JsonObject
        {
            ["schemaVersion"] = format, ["madeAt"] = MadeAt, ["day"] = Day, ["programme"] = "safe-driver",
            ["subject"] = Subject.ToString("x16", CultureInfo.InvariantCulture), ["lastTurn"] = Entries[^1].Turn,
            ["files"] = new JsonArray([.. files.Select(file => (JsonNode)new JsonObject
            {
                ["name"] = file.Key, ["bytes"] = Encoding.UTF8.GetByteCount(file.Value), ["sha256"] = Digest(file.Value),
            })]),
        }.ToJsonString();
        afterSigning?.Invoke(files);
        files["manifest.json"] = manifest;
        files["manifest.jws"] = Jws(Encoding.UTF8.GetBytes(manifest), "export-manifest+jws");
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var content = zip.CreateEntry(name).Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return bytes.ToArray();
    }

    public string ReceiptKeys
    {
        get
        {
            var point = _receipts.ExportParameters(false).Q;
            return new JsonObject
            {
                ["keys"] = new JsonArray(new JsonObject
                    { ["kid"] = "k", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) }),
            }.ToJsonString();
        }
    }

    public string Jws(byte[] payload, string type)
    {
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"k","typ":"{{type}}"}"""));
        var signed = $"{header}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(_receipts.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    /// <summary>Returns the leaves of a partition.</summary>
    public IReadOnlyList<byte[]> Leaves(int partition) => _leaves[partition];

    public static string Row(EntryRow entry) => "{" + string.Create(
        CultureInfo.InvariantCulture,
        $"\"turn\":{entry.Turn},\"position\":{entry.Position},\"partition\":{entry.Partition},\"kind\":\"x\","
        + $"\"kindNumber\":{entry.Kind},\"day\":\"{entry.Day:yyyy-MM-dd}\",\"key\":\"{entry.Key}\","
        + $"\"nonce\":\"{Convert.ToHexStringLower(entry.Nonce)}\",\"leaf\":\"{Convert.ToHexStringLower(entry.Leaf)}\","
        + $"\"body\":{Encoding.UTF8.GetString(entry.Body)}") + "}";

    public static string Lines(IEnumerable<string> rows) => "[\n" + string.Join(",\n", rows) + "\n]\n";

    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public void Dispose() => _receipts.Dispose();

    private string Sign(string text)
    {
        var message = Encoding.UTF8.GetBytes(text);
        var signature = new byte[64];
        Ed25519.Sign(_seed, 0, message, 0, message.Length, signature, 0);
        var id = SHA256.HashData([.. Encoding.UTF8.GetBytes(Origin), (byte)'\n', 1, .. Public])[..4];
        return $"{text}\n— {Origin} {Convert.ToBase64String([.. id, .. signature])}\n";
    }

    private static JsonArray Nodes(IEnumerable<byte[]> nodes) => [.. nodes.Select(node => (JsonNode)Convert.ToHexStringLower(node))];
}
