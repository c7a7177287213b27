using System.Text.Json.Nodes;
using Scoring.Hosting;

namespace Scoring.Development;

public sealed class DevelopmentCityTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    private string KeyFile => Path.Combine(_scratch.Path, "development-keys.json");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_second_start_has_the_same_keys_names_and_secret()
    {
        var first = DevelopmentCity.Open(KeyFile);
        var again = DevelopmentCity.Open(KeyFile);

        again.KeySet.ShouldBe(first.KeySet);
        again.Issuer.Names.Derive("a").ShouldBe(first.Issuer.Names.Derive("a"));
        again.Issuer.PortalSecret.ShouldBe(first.Issuer.PortalSecret);
        ShouldBePrivate();
    }

    [Fact]
    public void A_key_file_of_an_earlier_version_keeps_its_keys_and_gets_what_it_lacks()
    {
        var first = DevelopmentCity.Open(KeyFile);
        var stored = JsonNode.Parse(File.ReadAllText(KeyFile))!.AsObject();
        File.WriteAllText(KeyFile, new JsonObject
        {
            ["issuer"] = stored["issuer"]!.DeepClone(), ["sources"] = stored["sources"]!.DeepClone(),
        }.ToJsonString());

        var upgraded = DevelopmentCity.Open(KeyFile);

        upgraded.KeySet.ShouldBe(first.KeySet);
        upgraded.SourceKeys.ToDictionary(key => key.Key, key => key.Value.Private.ToJsonString())
            .ShouldBe(first.SourceKeys.ToDictionary(key => key.Key, key => key.Value.Private.ToJsonString()));
        DevelopmentCity.Open(KeyFile).Issuer.PortalSecret.ShouldBe(upgraded.Issuer.PortalSecret);
        ShouldBePrivate();
    }

    private void ShouldBePrivate()
    {
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
