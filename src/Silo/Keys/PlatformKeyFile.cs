using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Scoring.Receipts;

namespace Scoring.Keys;

/// <summary>
/// The platform's secret keys as they lie in a file that only its owner may read: JSON with a name for each key. The file is the
/// platform's life: without it nobody finds their subject again, so it is backed up apart from the database.
/// </summary>
public sealed class PlatformKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly string[] Names = ["locator", "handle", "grant", "reference"];

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private PlatformKeyFile(
        PlatformKeys keys, ReceiptSigner receipts, CheckpointSigner checkpoints, IReadOnlyDictionary<string, string> fingerprints)
    {
        Keys = keys;
        Receipts = receipts;
        Checkpoints = checkpoints;
        Fingerprints = fingerprints;
    }

    /// <summary>The keys that find and hide.</summary>
    public PlatformKeys Keys { get; }

    /// <summary>The key that signs receipts.</summary>
    public ReceiptSigner Receipts { get; }

    /// <summary>The key that signs checkpoints.</summary>
    public CheckpointSigner Checkpoints { get; }

    /// <summary>
    /// By each key's name, what the database may remember of it: a hash that says nothing about it, yet never fits another. Keys that sign
    /// are not among them: they may be changed.
    /// </summary>
    public IReadOnlyDictionary<string, string> Fingerprints { get; }

    /// <summary>Draws new keys and writes them to a new file, readable by its owner alone.</summary>
    /// <exception cref="IOException">There is a file already: keys are never overwritten.</exception>
    public static void Create(string path)
    {
        using var receipt = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var content = new Content(
            RandomKey(), RandomKey(), RandomKey(), RandomKey(), new PemKey(RandomId(), receipt.ExportPkcs8PrivateKeyPem()), null,
            RandomKey());
        Write(path, content);
    }

    /// <summary>
    /// Draws the checkpoint key for a file from before there was one; returns whether it was missing. The file is replaced as a whole: it
    /// is never half written.
    /// </summary>
    /// <exception cref="PlatformKeyFileException">As for <see cref="Read"/>.</exception>
    public static bool AddCheckpointKey(string path)
    {
        var content = ReadContent(path);
        if (content.Checkpoint is not null) return false;
        var next = path + ".new";
        File.Delete(next);
        Write(next, content with { Checkpoint = RandomKey() });
        File.Move(next, path, overwrite: true);
        return true;
    }

    /// <summary>Reads a key file.</summary>
    /// <exception cref="PlatformKeyFileException">It is missing, open to others, or not of the form.</exception>
    public static PlatformKeyFile Read(string path)
    {
        var content = ReadContent(path);
        if (content.Checkpoint is null)
            throw new PlatformKeyFileException($"The key file at {path} has no checkpoint key: add one with add-checkpoint-key.");
        return OfTheForm(path, () =>
        {
            NamedKey?[] keys = [content.Locator, content.Handle, content.Grant, content.Reference];
            var bytes = keys.Select(key => Convert.FromBase64String(key!.Key)).ToArray();
            if (bytes.Any(key => key.Length < PlatformKeys.KeyBytes)) throw new FormatException("A key is too short.");
            var seed = Convert.FromBase64String(content.Checkpoint.Key);
            if (seed.Length != CheckpointSigner.SeedBytes) throw new FormatException("The checkpoint key has another length.");
            var receipt = ECDsa.Create();
            receipt.ImportFromPem(content.Receipt.Pem);
            var former = (content.FormerReceipts ?? []).Select(Public).ToImmutableArray();
            return new PlatformKeyFile(
                new PlatformKeys(bytes[0], bytes[1], bytes[2], bytes[3]), new ReceiptSigner(receipt, content.Receipt.Id, former),
                new CheckpointSigner(seed),
                Names.Zip(bytes).ToDictionary(pair => pair.First, pair => Fingerprint(pair.First, pair.Second)));
        });
    }

    private static Content ReadContent(string path)
    {
        if (!File.Exists(path)) throw new PlatformKeyFileException($"There is no key file at {path}.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            throw new PlatformKeyFileException($"The key file at {path} is open to others: it must have mode 0600.");
        return OfTheForm(
            path, () => JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), Form) ?? throw new FormatException("Nothing in it."));
    }

    private static T OfTheForm<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or FormatException or NullReferenceException or ArgumentException
            or CryptographicException)
        {
            // Nothing of the surprise is passed on: its text may hold a piece of a key.
            throw new PlatformKeyFileException($"The key file at {path} is not of the form: it is damaged or of another version.");
        }
    }

    private static void Write(string path, Content content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, content, Form);
        file.Flush(flushToDisk: true);
    }

    private static string Fingerprint(string name, byte[] key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("fingerprint of " + name)).AsSpan(0, 16));

    /// <summary>Of an earlier receipt key the public part is enough, and all that is used.</summary>
    private static ReceiptKey Public(PemKey former)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(former.Pem);
        return ReceiptSigner.Public(key, former.Id);
    }

    private static NamedKey RandomKey() => new(RandomId(), Convert.ToBase64String(RandomNumberGenerator.GetBytes(PlatformKeys.KeyBytes)));

    private static string RandomId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9));

    private sealed record Content(
        NamedKey Locator, NamedKey Handle, NamedKey Grant, NamedKey Reference, PemKey Receipt, PemKey[]? FormerReceipts,
        NamedKey? Checkpoint);

    private sealed record NamedKey(string Id, string Key);

    private sealed record PemKey(string Id, string Pem);
}

/// <summary>The key file cannot be used; the text says why and holds nothing secret.</summary>
public sealed class PlatformKeyFileException(string message) : Exception(message);
