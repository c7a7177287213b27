using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scoring.City.People;

/// <summary>Keeps synthetic residents between runs. The file holds handles and grants, so only its owner may read it.</summary>
public static class StateFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Reads all residents; none when there is no file yet.</summary>
    /// <exception cref="CityException">The file is malformed.</exception>
    public static IReadOnlyList<Resident> Read(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            return JsonSerializer.Deserialize<List<Resident>>(File.ReadAllText(path), Format) ?? [];
        }
        catch (JsonException exception)
        {
            throw new CityException($"{path} is malformed ({exception.Message}). Delete it to start again.");
        }
    }

    /// <summary>Adds residents to the file. A resident of the same programme and name is replaced.</summary>
    public static void Add(string path, IReadOnlyCollection<Resident> residents)
    {
        var added = residents.Select(r => (r.Programme, r.Who)).ToHashSet();
        List<Resident> all = [.. Read(path).Where(r => !added.Contains((r.Programme, r.Who))), .. residents];
        var next = path + ".next";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.Delete(next);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(next, options)) JsonSerializer.Serialize(file, all, Format);
        File.Move(next, path, overwrite: true);
    }
}
