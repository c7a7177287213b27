using Microsoft.Extensions.Configuration;

namespace Scoring.Settings;

/// <summary>The folder is named by the environment of the process, so no other test reads it meanwhile.</summary>
[Collection("environment of the process")]
public sealed class SecretsFolderTests : IDisposable
{
    private const string OfSystemd = "CREDENTIALS_DIRECTORY";

    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-secrets-").FullName;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(SecretsFolder.Variable, null);
        Environment.SetEnvironmentVariable(OfSystemd, null);
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(SecretsFolder.Variable)]
    [InlineData(OfSystemd)]
    public void A_file_is_a_setting_and_overrides_every_other_source(string variable)
    {
        File.WriteAllText(Path.Combine(_folder, "Storage__ConnectionString"), "Host=a;Password=b\n");
        File.WriteAllText(Path.Combine(_folder, "keys.json"), "{}");
        Environment.SetEnvironmentVariable(variable, _folder);
        var read = Read();
        read["Storage:ConnectionString"].ShouldBe("Host=a;Password=b");
        read["keys.json"].ShouldBeNull();
        SecretsFolder.Holds(Path.Combine(_folder, "keys.json")).ShouldBeTrue();
        SecretsFolder.Holds(_folder + "-of-another/keys.json").ShouldBeFalse();
    }

    /// <summary>Kubernetes mounts a folder per version, a link to the current one, and a link for each file.</summary>
    [Fact]
    public void A_secret_of_Kubernetes_is_read()
    {
        var version = Directory.CreateDirectory(Path.Combine(_folder, "..2026_11_30")).FullName;
        File.WriteAllText(Path.Combine(version, "Portal__SignIn__ClientSecret"), "s");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "..data"), version);
        File.CreateSymbolicLink(
            Path.Combine(_folder, "Portal__SignIn__ClientSecret"), Path.Combine("..data", "Portal__SignIn__ClientSecret"));
        Environment.SetEnvironmentVariable(SecretsFolder.Variable, _folder);
        Read()["Portal:SignIn:ClientSecret"].ShouldBe("s");
    }

    [Fact]
    public void A_folder_that_is_missing_is_named_and_without_one_nothing_is_read()
    {
        Read()["Storage:ConnectionString"].ShouldBe("of another source");
        Environment.SetEnvironmentVariable(SecretsFolder.Variable, Path.Combine(_folder, "none"));
        Should.Throw<SecretsFolderException>(Read).Message.ShouldContain(Path.Combine(_folder, "none"));
    }

    private static IConfiguration Read()
    {
        var all = new ConfigurationManager();
        all.AddInMemoryCollection([new("Storage:ConnectionString", "of another source")]);
        all.AddSecrets();
        return all;
    }
}
