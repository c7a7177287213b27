using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Scoring.Receipts;
using Scoring.Settings;

namespace Scoring.Keys;

/// <summary>
/// The platform's secret keys, in a JSON file that only its owner may read. Without this file no participant finds their subject again, so
/// it is backed up apart from the database.
/// </summary>
public sealed class PlatformKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly string[] Names = ["locator", "handle", "grant", "reference"];

    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
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

    /// <summary>The keys of the keyed hashes: locators, handles, grants and references.</summary>
    public PlatformKeys Keys { get; }

    /// <summary>The key that signs receipts.</summary>
    public ReceiptSigner Receipts { get; }

    /// <summary>The key that signs checkpoints.</summary>
    public CheckpointSigner Checkpoints { get; }

    /// <summary>
    /// A fingerprint for each key by name, which the database stores: a hash that reveals nothing of the key and fits no other key. Signing
    /// keys have none, because they may be replaced.
    /// </summary>
    public IReadOnlyDictionary<string, string> Fingerprints { get; }

    /// <summary>Draws new keys and writes them to a new file that only its owner can read.</summary>
    /// <exception cref="IOException">The file exists: keys are never overwritten.</exception>
    public static void Create(string path)
    {
        using var receipt = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var content = new Content(
            RandomKey(), RandomKey(), RandomKey(), RandomKey(), new PemKey(RandomId(), receipt.ExportPkcs8PrivateKeyPem()), null,
            RandomKey());
        Write(path, content);
    }

    /// <summary>
    /// Adds the checkpoint key to the file of an earlier version; returns whether it was missing. The file is replaced as a whole, so it is
    /// never partly written.
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
    /// <exception cref="PlatformKeyFileException">The file is missing, readable by others, damaged or of another version.</exception>
    public static PlatformKeyFile Read(string path)
    {
        var content = ReadContent(path);
        if (content.Checkpoint is null)
            throw new PlatformKeyFileException($"The key file at {path} has no checkpoint key. Add one with add-checkpoint-key.");
        return Parsed(path, () =>
        {
            NamedKey?[] keys = [content.Locator, content.Handle, content.Grant, content.Reference];
            var bytes = keys.Select(key => Convert.FromBase64String(key!.Key)).ToArray();
            if (bytes.Any(key => key.Length < PlatformKeys.KeyBytes)) throw new FormatException("A key is too short.");
            var seed = Convert.FromBase64String(content.Checkpoint.Key);
            if (seed.Length != CheckpointSigner.SeedBytes) throw new FormatException("The checkpoint key has a wrong length.");
            var receipt = ECDsa.Create();
            receipt.ImportFromPem(content.Receipt.Pem);
            var former = (content.FormerReceipts ?? []).Select(PublicKey).ToImmutableArray();
            return new PlatformKeyFile(
                new PlatformKeys(bytes[0], bytes[1], bytes[2], bytes[3]), new ReceiptSigner(receipt, content.Receipt.Id, former),
                new CheckpointSigner(seed),
                Names.Zip(bytes).ToDictionary(pair => pair.First, pair => Fingerprint(pair.First, pair.Second)));
        });
    }

    private static Content ReadContent(string path)
    {
        if (!File.Exists(path)) throw new PlatformKeyFileException($"There is no key file at {path}. Create one with create-keys.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~AllowedFor(path)) != 0)
            throw new PlatformKeyFileException($"Other users may open the key file at {path}. Set its mode to 0600.");
        return Parsed(
            path,
            () => JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), JsonOptions) ?? throw new FormatException("It is empty."));
    }

    /// <summary>systemd and Kubernetes give a secret to a process by its group.</summary>
    private static UnixFileMode AllowedFor(string path) =>
        SecretsFolder.Holds(path) ? OwnerOnly | UnixFileMode.GroupRead : OwnerOnly;

    private static T Parsed<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or FormatException or NullReferenceException or ArgumentException
            or CryptographicException)
        {
            // Nothing of the exception is passed on, because its text may hold a part of a key.
            throw new PlatformKeyFileException(
                $"The key file at {path} cannot be read: it is damaged or of another version. Restore it from a backup.");
        }
    }

    private static void Write(string path, Content content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, content, JsonOptions);
        file.Flush(flushToDisk: true);
    }

    private static string Fingerprint(string name, byte[] key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("fingerprint of " + name)).AsSpan(0, 16));

    /// <summary>The public part of a former receipt key, which is all that is needed to verify.</summary>
    private static ReceiptKey PublicKey(PemKey former)
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

/// <summary>The key file cannot be used. The message says why and what to do, and holds nothing secret.</summary>
public sealed class PlatformKeyFileException(string message) : Exception(message);
