using System.Buffers.Text;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Platform;

namespace Scoring.City.Tests.Platform;

public sealed class CheckedArchiveTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _file = "turn,kind\r\n1,enrolled\r\n"u8.ToArray();

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task A_correct_archive_is_returned_with_its_files_and_entries()
    {
        var manifest = Manifest(_file);
        (await Check(Zip(manifest, Sign(manifest, _key), _file))).ShouldBe(new CheckedArchive(1, 7));
    }

    [Fact]
    public async Task A_file_that_is_not_the_listed_one_is_refused()
    {
        var manifest = Manifest(_file);
        var exception = await Should.ThrowAsync<CityException>(() => Check(Zip(manifest, Sign(manifest, _key), [.. _file, 1])));
        exception.Message.ShouldBe("entries.csv is not the file that the manifest lists.");
    }

    [Fact]
    public async Task A_missing_file_or_signature_is_refused()
    {
        var manifest = Manifest(_file);
        (await Should.ThrowAsync<CityException>(() => Check(Zip(manifest, Sign(manifest, _key), null))))
            .Message.ShouldBe("entries.csv is not in the archive.");
        (await Should.ThrowAsync<CityException>(() => Check(Zip(manifest, null, _file)))).Message.ShouldBe(
            "manifest.jws is not in the archive.");
    }

    [Fact]
    public async Task A_signature_of_another_key_or_of_another_manifest_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var manifest = Manifest(_file);
        foreach (var jws in (string[])[Sign(manifest, other), Sign([.. manifest, (byte)' '], _key)])
        {
            (await Should.ThrowAsync<CityException>(() => Check(Zip(manifest, jws, _file))))
                .Message.ShouldBe("The signature of the manifest is wrong.");
        }
    }

    private async Task<CheckedArchive> Check(Stream zip)
    {
        var point = _key.ExportParameters(false).Q;
        var keys = new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kid"] = "k1", ["use"] = "sig", ["alg"] = "ES256", ["kty"] = "EC", ["crv"] = "P-256",
                ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y),
            }),
        };
        using var api = PlatformConnection.Open([new Uri("http://127.0.0.1:1")], new FakePlatform(keys.ToJsonString()));
        await using (zip) return await CheckedArchive.Check(zip, api, CancellationToken.None);
    }

    private static byte[] Manifest(byte[] file) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["lastTurn"] = 7,
        ["files"] = new JsonArray(
            new JsonObject { ["name"] = "entries.csv", ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(file)) }),
    }.ToJsonString());

    private static string Sign(byte[] payload, ECDsa key)
    {
        var signed = $"{Base64Url.EncodeToString("""{"alg":"ES256"}"""u8)}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static MemoryStream Zip(byte[] manifest, string? jws, byte[]? file)
    {
        var to = new MemoryStream();
        using (var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "manifest.json", manifest);
            if (jws is not null) Add(zip, "manifest.jws", Encoding.ASCII.GetBytes(jws));
            if (file is not null) Add(zip, "entries.csv", file);
        }
        to.Position = 0;
        return to;
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(bytes);
    }

    private sealed class FakePlatform(string answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer) });
    }
}
