namespace Scoring.Hosting;

public sealed class FolderEnvironmentTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    private StandaloneFolder Folder => new(_scratch.Path);

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_new_folder_belongs_to_the_environment_of_its_first_start(bool isDevelopment)
    {
        FolderEnvironment.Claim(Folder, isDevelopment).ShouldBeNull();
        FolderEnvironment.Claim(Folder, isDevelopment).ShouldBeNull();
        FolderEnvironment.Claim(Folder, !isDevelopment).ShouldNotBeNull()
            .ShouldContain(isDevelopment ? "was made in Development" : "was not made in Development");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_of_an_earlier_version_is_recognised_by_what_is_in_it(bool isDevelopment)
    {
        Directory.CreateDirectory(Folder.Postgres);
        if (isDevelopment) File.WriteAllText(Folder.DevelopmentKeys, "{}");
        FolderEnvironment.Claim(Folder, !isDevelopment).ShouldNotBeNull();
        File.Exists(Folder.Environment).ShouldBeFalse("a refused start writes nothing");
        FolderEnvironment.Claim(Folder, isDevelopment).ShouldBeNull();
    }

    [Fact]
    public void Synthetic_keys_tell_more_than_a_mark_that_was_changed()
    {
        FolderEnvironment.Claim(Folder, isDevelopment: true).ShouldBeNull();
        File.WriteAllText(Folder.DevelopmentKeys, "{}");
        File.WriteAllText(Folder.Environment, "Production");
        FolderEnvironment.Claim(Folder, isDevelopment: false).ShouldNotBeNull();
    }
}
