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

    private PlatformKeyFile(PlatformKeys keys, ReceiptSigner receipts, IReadOnlyDictionary<string, string> fingerprints)
    {
        Keys = keys;
        Receipts = receipts;
        Fingerprints = fingerprints;
    }

    /// <summary>The keys that find and hide.</summary>
    public PlatformKeys Keys { get; }

    /// <summary>The key that signs receipts.</summary>
    public ReceiptSigner Receipts { get; }

    /// <summary>
    /// By each key's name, what the database may remember of it: a hash that says nothing about it, yet never fits another. The receipt
    /// key is not among them: it may be changed.
    /// </summary>
    public IReadOnlyDictionary<string, string> Fingerprints { get; }

    /// <summary>Draws new keys and writes them to a new file, readable by its owner alone.</summary>
    /// <exception cref="IOException">There is a file already: keys are never overwritten.</exception>
    public static void Create(string path)
    {
        using var receipt = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var content = new Content(
            RandomKey(), RandomKey(), RandomKey(), RandomKey(), new PemKey(RandomId(), receipt.ExportPkcs8PrivateKeyPem()), null);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, content, Form);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads a key file.</summary>
    /// <exception cref="PlatformKeyFileException">It is missing, open to others, or not of the form.</exception>
    public static PlatformKeyFile Read(string path)
    {
        if (!File.Exists(path)) throw new PlatformKeyFileException($"There is no key file at {path}.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            throw new PlatformKeyFileException($"The key file at {path} is open to others: it must have mode 0600.");
        try
        {
            var content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), Form)!;
            NamedKey?[] keys = [content.Locator, content.Handle, content.Grant, content.Reference];
            var bytes = keys.Select(key => Convert.FromBase64String(key!.Key)).ToArray();
            if (bytes.Any(key => key.Length < PlatformKeys.KeyBytes)) throw new FormatException("A key is too short.");
            var receipt = ECDsa.Create();
            receipt.ImportFromPem(content.Receipt.Pem);
            var former = (content.FormerReceipts ?? []).Select(Public).ToImmutableArray();
            return new PlatformKeyFile(
                new PlatformKeys(bytes[0], bytes[1], bytes[2], bytes[3]), new ReceiptSigner(receipt, content.Receipt.Id, former),
                Names.Zip(bytes).ToDictionary(pair => pair.First, pair => Fingerprint(pair.First, pair.Second)));
        }
        catch (Exception surprise) when (surprise is JsonException or FormatException or NullReferenceException or ArgumentException
            or CryptographicException)
        {
            // Nothing of the surprise is passed on: its text may hold a piece of a key.
            throw new PlatformKeyFileException($"The key file at {path} is not of the form: it is damaged or of another version.");
        }
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
        NamedKey Locator, NamedKey Handle, NamedKey Grant, NamedKey Reference, PemKey Receipt, PemKey[]? FormerReceipts);

    private sealed record NamedKey(string Id, string Key);

    private sealed record PemKey(string Id, string Pem);
}

/// <summary>The key file cannot be used; the text says why and holds nothing secret.</summary>
public sealed class PlatformKeyFileException(string message) : Exception(message);
