using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using Scoring.Verification;

namespace Scoring.Assets;

/// <summary>
/// The style sheets, scripts and pictures of the pages. They are part of the assembly; a city's theme replaces the one with the design
/// tokens. An address holds the hash of its file, so that browsers may keep it for good.
/// </summary>
internal sealed class AssetFiles
{
    private const string Tokens = "tokens.css";

    private static readonly FrozenDictionary<string, string> MediaTypes = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, Asset> _files;

    public AssetFiles(string? theme)
    {
        var assembly = typeof(AssetFiles).Assembly;
        var names = assembly.GetManifestResourceNames()
            .Where(name => MediaTypes.ContainsKey(System.IO.Path.GetExtension(name)) && !VerifierFiles.IsOfVerifier(name));
        _files = names.Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return Create(name, name == Tokens && theme is not null ? File.ReadAllBytes(theme) : bytes.ToArray());
        }).ToFrozenDictionary(file => file.Name, StringComparer.Ordinal);
    }

    /// <summary>Returns the address of a file.</summary>
    public string Path(string name) => $"/assets/{_files[name].Hash}/{name}";

    /// <summary>Returns a file, or <see langword="null"/> when there is none of that name.</summary>
    public Asset? Find(string name) => _files.GetValueOrDefault(name);

    private static Asset Create(string name, byte[] bytes) => new(
        name, bytes, MediaTypes[System.IO.Path.GetExtension(name)], Base64Url.EncodeToString(SHA256.HashData(bytes).AsSpan(0, 9)));
}

/// <summary>A file that pages refer to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Hash">The beginning of its SHA-256 in base64url.</param>
internal sealed record Asset(string Name, byte[] Bytes, string MediaType, string Hash);
