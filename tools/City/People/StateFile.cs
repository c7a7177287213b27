using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scoring.City.People;

/// <summary>The made-up residents of a city, kept between runs. It holds handles and grants, so only its owner may read it.</summary>
public static class StateFile
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Everyone kept; nobody when there is no file yet.</summary>
    /// <exception cref="CityException">The file is broken.</exception>
    public static IReadOnlyList<Resident> Read(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            return JsonSerializer.Deserialize<List<Resident>>(File.ReadAllText(path), Form) ?? [];
        }
        catch (JsonException exception)
        {
            throw new CityException($"{path} is broken ({exception.Message}). Delete it to start over.");
        }
    }

    /// <summary>Keeps these beside the ones kept before; the same one again replaces its former self.</summary>
    public static void Add(string path, IReadOnlyCollection<Resident> residents)
    {
        var fresh = residents.Select(r => (r.Programme, r.Who)).ToHashSet();
        List<Resident> all = [.. Read(path).Where(r => !fresh.Contains((r.Programme, r.Who))), .. residents];
        var next = path + ".next";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.Delete(next);
        var closed = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) closed.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(next, closed)) JsonSerializer.Serialize(file, all, Form);
        File.Move(next, path, overwrite: true);
    }
}
