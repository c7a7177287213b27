using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Scoring.Client;

namespace Scoring.City.Platform;

/// <summary>An export whose files match the manifest, and whose manifest matches its signature.</summary>
/// <param name="Files">How many files the manifest lists.</param>
/// <param name="Entries">How many entries the archive holds.</param>
public sealed record CheckedArchive(int Files, long Entries)
{
    /// <summary>Checks an export.</summary>
    /// <exception cref="CityException">A file is missing or changed, or the signature is wrong.</exception>
    public static async Task<CheckedArchive> Check(Stream zip, ScoringClient client, CancellationToken cancellationToken)
    {
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        var manifest = await Bytes(archive, "manifest.json", cancellationToken);
        var jws = Encoding.UTF8.GetString(await Bytes(archive, "manifest.jws", cancellationToken)).Trim();
        if (!IsSigned(jws, manifest, await client.Receipts.ReadKeys(cancellationToken)))
            throw new CityException("The signature of the manifest is wrong.");

        var listed = JsonElement.Parse(manifest);
        var files = 0;
        foreach (var file in listed.GetProperty("files").EnumerateArray())
        {
            var bytes = await Bytes(archive, file.GetProperty("name").GetString()!, cancellationToken);
            if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != file.GetProperty("sha256").GetString())
                throw new CityException($"{file.GetProperty("name")} is not the file that the manifest lists.");
            files++;
        }
        return new CheckedArchive(files, listed.GetProperty("lastTurn").GetInt64());
    }

    private static bool IsSigned(string jws, byte[] payload, JsonWebKeySetResponse keys)
    {
        var parts = jws.Split('.');
        if (parts.Length != 3 || !Base64Url.DecodeFromChars(parts[1]).AsSpan().SequenceEqual(payload)) return false;
        var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        var signature = Base64Url.DecodeFromChars(parts[2]);
        foreach (var key in keys.Keys)
        {
            using var ecdsa = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
            });
            if (ecdsa.VerifyData(signed, signature, HashAlgorithmName.SHA256)) return true;
        }
        return false;
    }

    private static async Task<byte[]> Bytes(ZipArchive archive, string name, CancellationToken cancellationToken)
    {
        var entry = archive.GetEntry(name) ?? throw new CityException($"{name} is not in the archive.");
        await using var from = await entry.OpenAsync(cancellationToken);
        using var to = new MemoryStream();
        await from.CopyToAsync(to, cancellationToken);
        return to.ToArray();
    }
}
