using Scoring.City.People;
using Scoring.City.Platform;

namespace Scoring.City.Tests.People;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class StateFileTests : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("scoring-city-tests-");

    private string StatePath => Path.Combine(_scratch.FullName, "city.json");

    [Fact]
    public void Residents_are_read_as_they_were_added()
    {
        StateFile.Add(StatePath, [Resident("a", 0)]);
        StateFile.Add(StatePath, [Resident("b", 1)]);
        StateFile.Add(StatePath, [Resident("a", 2)]);
        StateFile.Read(StatePath).OrderBy(r => r.Who).Select(r => (r.Who, r.Ordinal, r.Handles[0].Family))
            .ShouldBe([("a", 2, EventFamily.Traffic), ("b", 1, EventFamily.Traffic)]);
    }

    [Fact]
    public void The_folder_is_created_when_there_is_none()
    {
        var path = Path.Combine(_scratch.FullName, "new", "city.json");
        StateFile.Add(path, [Resident("a", 0)]);
        StateFile.Read(path).Count.ShouldBe(1);
    }

    [Fact]
    public void Only_the_owner_may_read_the_file()
    {
        StateFile.Add(StatePath, [Resident("a", 0)]);
        File.GetUnixFileMode(StatePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_malformed_file_is_refused()
    {
        File.WriteAllText(StatePath, "{");
        Should.Throw<CityException>(() => StateFile.Read(StatePath));
    }

    public void Dispose() => _scratch.Delete(recursive: true);

    private static Resident Resident(string who, int ordinal) =>
        new("safe-driver", who, "participant", ordinal, [new Handle("source", EventFamily.Traffic, "token")]);
}
