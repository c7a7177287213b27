using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Scoring.Programmes;
using Scoring.Settings;

namespace Scoring.Keys;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
[Collection("environment of the process")]
public sealed class PlatformKeyFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-keys-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "keys.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Keys_written_are_the_keys_read_and_their_fingerprints_hold()
    {
        PlatformKeyFile.Create(Path);
        File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var one = PlatformKeyFile.Read(Path);
        var other = PlatformKeyFile.Read(Path);
        var programme = ProgrammeId.Parse("safe-driver");
        one.Keys.Locator("anna", programme, 0).ShouldBe(other.Keys.Locator("anna", programme, 0));
        one.Fingerprints.ShouldBe(other.Fingerprints);
        one.Fingerprints.Keys.ShouldBe(["locator", "handle", "grant", "reference"], ignoreOrder: true);
        one.Fingerprints.Values.Distinct().Count().ShouldBe(4);
        one.Receipts.PublicKeys.ShouldHaveSingleItem().Kid.ShouldBe(one.Receipts.KeyId);
    }

    /// <summary>systemd and Kubernetes give a file of secrets to a process by its group.</summary>
    [Fact]
    public void The_group_may_read_the_file_in_the_folder_of_secrets_alone()
    {
        PlatformKeyFile.Create(Path);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Should.Throw<PlatformKeyFileException>(() => PlatformKeyFile.Read(Path)).Message.ShouldContain("0600");
        Environment.SetEnvironmentVariable(SecretsFolder.Variable, _folder);
        try
        {
            PlatformKeyFile.Read(Path);
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Should.Throw<PlatformKeyFileException>(() => PlatformKeyFile.Read(Path)).Message.ShouldContain("0600");
        }
        finally
        {
            Environment.SetEnvironmentVariable(SecretsFolder.Variable, null);
        }
    }

    [Fact]
    public void Earlier_receipt_keys_are_published_without_their_secrets_and_sign_nothing()
    {
        using var former = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var older = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PlatformKeyFile.Create(Path);
        var content = JsonNode.Parse(File.ReadAllText(Path))!.AsObject();
        content["formerReceipts"] = new JsonArray(
            new JsonObject { ["id"] = "former", ["pem"] = former.ExportSubjectPublicKeyInfoPem() },
            new JsonObject { ["id"] = "older", ["pem"] = older.ExportPkcs8PrivateKeyPem() });
        File.WriteAllText(Path, content.ToJsonString());

        var read = PlatformKeyFile.Read(Path).Receipts;

        read.PublicKeys.Select(key => key.Kid).ShouldBe([read.KeyId, "former", "older"]);
        read.PublicKeys[1].ShouldBe(ReceiptSigner.Public(former, "former"));
        read.PublicKeys[2].ShouldBe(ReceiptSigner.Public(older, "older"));
        read.Sign("x"u8).Split('.')[0].ShouldBe(Base64Url.EncodeToString(
            System.Text.Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{read.KeyId}}","typ":"consent-receipt+jwt"}""")));
    }

    [Fact]
    public void A_file_from_before_checkpoints_is_given_their_key_once_and_keeps_all_others()
    {
        PlatformKeyFile.Create(Path);
        var content = JsonNode.Parse(File.ReadAllText(Path))!.AsObject();
        content.Remove("checkpoint").ShouldBeTrue();
        File.WriteAllText(Path, content.ToJsonString());
        Should.Throw<PlatformKeyFileException>(() => PlatformKeyFile.Read(Path)).Message.ShouldContain("add-checkpoint-key");

        PlatformKeyFile.AddCheckpointKey(Path).ShouldBeTrue();

        File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var added = JsonNode.Parse(File.ReadAllText(Path))!.AsObject();
        var key = PlatformKeyFile.Read(Path).Checkpoints.Key("log").ToString();
        PlatformKeyFile.AddCheckpointKey(Path).ShouldBeFalse();
        PlatformKeyFile.Read(Path).Checkpoints.Key("log").ToString().ShouldBe(key);
        added.Remove("checkpoint").ShouldBeTrue();
        JsonNode.DeepEquals(added, content).ShouldBeTrue();
        Directory.GetFiles(_folder).ShouldBe([Path]);
    }

    [Fact]
    public void Keys_are_never_overwritten()
    {
        PlatformKeyFile.Create(Path);
        var before = File.ReadAllBytes(Path);
        Should.Throw<IOException>(() => PlatformKeyFile.Create(Path));
        File.ReadAllBytes(Path).ShouldBe(before);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_open_to_others_is_refused(UnixFileMode open)
    {
        PlatformKeyFile.Create(Path);
        File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | open);
        Should.Throw<PlatformKeyFileException>(() => PlatformKeyFile.Read(Path)).Message.ShouldContain("0600");
    }

    [Fact]
    public void A_damaged_file_is_refused_without_showing_what_is_in_it()
    {
        PlatformKeyFile.Create(Path);
        var text = File.ReadAllText(Path);
        foreach (var damaged in (string[])[
            "", "{}", text[..^20], text.Replace("\"locator\"", "\"locater\""), text.Replace("BEGIN", "BEGUN")])
        {
            File.WriteAllText(Path, damaged);
            Should.Throw<PlatformKeyFileException>(() => PlatformKeyFile.Read(Path)).InnerException.ShouldBeNull();
        }
        File.Delete(Path);
        Should.Throw<PlatformKeyFileException>(() => PlatformKeyFile.Read(Path));
    }
}
