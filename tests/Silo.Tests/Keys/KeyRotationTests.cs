using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Scoring.Receipts;
using Scoring.Storage;

namespace Scoring.Keys;

/// <summary>Changes the keys of a key file as docs/operations.md says.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KeyRotationTests(PostgresServer server) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-rotation-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_folder, "keys.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_receipt_of_the_former_key_is_verified_as_long_as_the_key_is_listed()
    {
        PlatformKeyFile.Create(Path);
        var earlier = PlatformKeyFile.Read(Path).Receipts.Sign("a consent"u8);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Change(content =>
        {
            content["formerReceipts"] = new JsonArray(content["receipt"]!.DeepClone());
            content["receipt"] = new JsonObject { ["id"] = "next", ["pem"] = next.ExportPkcs8PrivateKeyPem() };
        });

        var rotated = PlatformKeyFile.Read(Path).Receipts;
        var later = rotated.Sign("a consent"u8);
        (IsVerified(earlier, rotated.PublicKeys), IsVerified(later, rotated.PublicKeys)).ShouldBe((true, true));
        Change(content => content.Remove("formerReceipts"));
        var forgotten = PlatformKeyFile.Read(Path).Receipts.PublicKeys;
        (IsVerified(earlier, forgotten), IsVerified(later, forgotten)).ShouldBe((false, true));
    }

    /// <summary>The database holds hashes under these keys, and nothing from which they could be made again under others.</summary>
    [Fact]
    public async Task A_silo_starts_with_new_signing_keys_and_with_no_other_secret_key()
    {
        await using var stage = await LedgerStage.Open(server);
        PlatformKeyFile.Create(Path);
        await Start(stage);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Change(content =>
        {
            content["receipt"]!["pem"] = next.ExportPkcs8PrivateKeyPem();
            content["checkpoint"]!["key"] = RandomKey();
        });
        await Start(stage);

        var mine = await File.ReadAllTextAsync(Path, Cancel);
        foreach (var name in (string[])["locator", "handle", "grant", "reference"])
        {
            Change(content => content[name]!["key"] = RandomKey());
            var refused = await Should.ThrowAsync<StorageUnfitException>(() => Start(stage));
            refused.Faults.ShouldHaveSingleItem().ShouldContain($"key.{name}.");
            await File.WriteAllTextAsync(Path, mine, Cancel);
        }
        await Start(stage);
    }

    private static string RandomKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(PlatformKeys.KeyBytes));

    private static bool IsVerified(string receipt, IEnumerable<ReceiptKey> keys)
    {
        var parts = receipt.Split('.');
        var keyId = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!["kid"]!.GetValue<string>();
        if (keys.SingleOrDefault(known => known.Kid == keyId) is not { } published) return false;
        using var key = published.Open();
        return key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256);
    }

    private void Change(Action<JsonObject> change)
    {
        var content = JsonNode.Parse(File.ReadAllText(Path))!.AsObject();
        change(content);
        File.WriteAllText(Path, content.ToJsonString());
    }

    /// <summary>Runs the checks of a silo's start with the keys of the file.</summary>
    private async Task Start(LedgerStage stage)
    {
        var options = new StorageOptions { ConnectionString = stage.ConnectionString, PartitionCount = 4 };
        foreach (var (name, fingerprint) in PlatformKeyFile.Read(Path).Fingerprints) options.KeyFingerprints[name] = fingerprint;
        await using var database = new LedgerDatabase(Options.Create(options), new IncarnationMonitor());
        await new StartChecks(database, new IncarnationMonitor(), Options.Create(options)).Run(Cancel);
    }
}
