using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.City.Requests;

/// <summary>
/// Writes the same variables in the format of each editor. They hold tokens and a handle, so only the owner may read these files, and git
/// ignores them.
/// </summary>
public static class RequestFiles
{
    /// <summary>The environment to choose in the editor.</summary>
    public const string Environment = "local";

    /// <summary>The file that JetBrains Rider reads.</summary>
    public const string Rider = "http-client.private.env.json";

    /// <summary>The file that Visual Studio reads, next to <c>http-client.env.json</c>.</summary>
    public const string VisualStudio = "http-client.env.json.user";

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file that the REST Client of Visual Studio Code reads when the folder is the workspace.</summary>
    public static string VisualStudioCode { get; } = Path.Combine(".vscode", "settings.json");

    /// <summary>Writes the three files. Each is replaced atomically. Returns their paths.</summary>
    /// <param name="folder">The folder of the request files.</param>
    /// <param name="variables">The values by name.</param>
    /// <exception cref="CityException">The folder does not exist, or a file cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyDictionary<string, string> variables)
    {
        if (!Directory.Exists(folder))
            throw new CityException($"The folder {folder} does not exist. Set the folder of the .http files with --folder.");
        var settings = new JsonObject { ["rest-client.environmentVariables"] = EnvironmentOf(variables) };
        (string Name, JsonObject Content)[] files =
            [(Rider, EnvironmentOf(variables)), (VisualStudio, EnvironmentOf(variables)), (VisualStudioCode, settings)];
        try
        {
            return [.. files.Select(file => WritePrivate(Path.Combine(folder, file.Name), file.Content.ToJsonString(Readable) + "\n"))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CityException($"Cannot write into {folder}: {exception.Message}");
        }
    }

    private static JsonObject EnvironmentOf(IReadOnlyDictionary<string, string> variables) => new()
    {
        [Environment] = new JsonObject(variables.Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value))),
    };

    private static string WritePrivate(string path, string text)
    {
        var next = path + ".next";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(next);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(next, options)) writer.Write(text);
        File.Move(next, path, overwrite: true);
        return path;
    }
}
