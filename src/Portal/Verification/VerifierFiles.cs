using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Scoring.Verification;

/// <summary>
/// The verifier as WebAssembly, with the worker that runs it. Its files are part of the assembly. Their address holds the hash of the list
/// of their hashes, so browsers may keep them for good, and an auditor can compare the list with that of a build of their own.
/// </summary>
internal sealed class VerifierFiles
{
    /// <summary>The name of the list of hashes, in the form of <c>sha256sum</c>.</summary>
    public const string ListName = "SHA256SUMS";

    private const string Prefix = "verifier/";
    private const string Worker = "worker.js";

    private static readonly FrozenDictionary<string, string> MediaTypes = new Dictionary<string, string>
    {
        [".wasm"] = "application/wasm", [".js"] = "text/javascript; charset=utf-8", [""] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, VerifierFile> _files;

    public VerifierFiles()
    {
        var assembly = typeof(VerifierFiles).Assembly;
        var files = assembly.GetManifestResourceNames().Where(IsOfVerifier).Order(StringComparer.Ordinal)
            .Select(name => Create(name[Prefix.Length..], Read(assembly.GetManifestResourceStream(name)!))).ToList();
        var list = string.Concat(files.Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(file.Bytes))}  {file.Name}\n"));
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list)));
        _files = files.Append(Create(ListName, Encoding.UTF8.GetBytes(list)))
            .ToFrozenDictionary(file => file.Name, StringComparer.Ordinal);
    }

    /// <summary>The SHA-256 of the list of hashes, in hexadecimal digits: what names the build.</summary>
    public string Hash { get; }

    /// <summary>What a browser fetches before it can check anything, in bytes, compressed.</summary>
    public long TransferBytes => _files.Values.Sum(file => file.Brotli.Value.LongLength);

    /// <summary>The address of the worker.</summary>
    public string WorkerPath => PathOf(Worker);

    /// <summary>The address of the list of hashes.</summary>
    public string ListPath => PathOf(ListName);

    /// <summary>Whether an embedded file belongs to the verifier.</summary>
    public static bool IsOfVerifier(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Returns a file, or <see langword="null"/> when there is none of that name.</summary>
    public VerifierFile? Find(string name) => _files.GetValueOrDefault(name);

    private string PathOf(string name) => $"/verifier/{Hash[..16]}/{name}";

    private static VerifierFile Create(string name, byte[] bytes) =>
        new(name, bytes, MediaTypes[Path.GetExtension(name)], new Lazy<byte[]>(() => Compress(bytes)));

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal)) brotli.Write(bytes);
        return compressed.ToArray();
    }

    private static byte[] Read(Stream resource)
    {
        using var bytes = new MemoryStream();
        using (resource) resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>A file of the verifier.</summary>
/// <param name="Name">Its name, with its folder.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Brotli">Its content, compressed when it is first asked for.</param>
internal sealed record VerifierFile(string Name, byte[] Bytes, string MediaType, Lazy<byte[]> Brotli);
