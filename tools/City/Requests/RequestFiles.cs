using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.City.Requests;

/// <summary>
/// The same variables in the form of each editor. They hold tokens and a handle, so only their owner may read these files, and git ignores
/// them.
/// </summary>
public static class RequestFiles
{
    /// <summary>The environment that a person chooses in the editor.</summary>
    public const string Environment = "local";

    /// <summary>What JetBrains Rider reads.</summary>
    public const string Rider = "http-client.private.env.json";

    /// <summary>What Visual Studio reads, next to <c>http-client.env.json</c>.</summary>
    public const string VisualStudio = "http-client.env.json.user";

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the REST Client of Visual Studio Code reads when the folder is the workspace.</summary>
    public static string VisualStudioCode { get; } = Path.Combine(".vscode", "settings.json");

    /// <summary>Writes the three files, each whole or not at all; returns their paths.</summary>
    /// <param name="folder">The folder of the request files.</param>
    /// <param name="variables">The values by name.</param>
    /// <exception cref="CityException">The folder does not exist, or a file cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyDictionary<string, string> variables)
    {
        if (!Directory.Exists(folder)) throw new CityException($"There is no folder {folder}. Name the one of the requests by --folder.");
        var settings = new JsonObject { ["rest-client.environmentVariables"] = EnvironmentOf(variables) };
        (string Name, JsonObject Content)[] files =
            [(Rider, EnvironmentOf(variables)), (VisualStudio, EnvironmentOf(variables)), (VisualStudioCode, settings)];
        try
        {
            return [.. files.Select(file => WriteClosed(Path.Combine(folder, file.Name), file.Content.ToJsonString(Readable) + "\n"))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CityException($"Cannot write into {folder}: {exception.Message}");
        }
    }

    private static JsonObject EnvironmentOf(IReadOnlyDictionary<string, string> variables) => new()
    {
        [Environment] = new JsonObject(variables.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))),
    };

    private static string WriteClosed(string path, string text)
    {
        var next = path + ".next";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(next);
        var closed = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) closed.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(next, closed)) writer.Write(text);
        File.Move(next, path, overwrite: true);
        return path;
    }
}
