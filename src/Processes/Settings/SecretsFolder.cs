using Microsoft.Extensions.FileProviders;

namespace Scoring.Settings;

/// <summary>The folder of secrets cannot be read. The message is for the operator and holds no secret.</summary>
public sealed class SecretsFolderException(string message) : Exception(message);

/// <summary>
/// A folder whose files are settings: the file's name is the setting's with <c>__</c> for <c>:</c>, for example
/// <c>Storage__ConnectionString</c>, and its content is the value without a line end. The environment variable
/// <see cref="Variable"/> names the folder; without it, <c>CREDENTIALS_DIRECTORY</c> does, which systemd sets. Kubernetes mounts a secret
/// in the same form.
/// </summary>
public static class SecretsFolder
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "SCORING_SECRETS";

    private const string OfSystemd = "CREDENTIALS_DIRECTORY";
    private const string Delimiter = "__";

    /// <summary>The folder; <see langword="null"/> when none is named.</summary>
    public static string? Current =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } own ? own
        : Environment.GetEnvironmentVariable(OfSystemd) is { Length: > 0 } credentials ? credentials
        : null;

    /// <summary>
    /// Adds the files of the folder, which override every other source. A file whose name has no <c>__</c> is no setting: a setting may
    /// name it, as <c>Keys:File</c> does.
    /// </summary>
    /// <exception cref="SecretsFolderException">The folder is named, but is missing or cannot be read.</exception>
    public static void AddSecrets(this IConfigurationBuilder configuration)
    {
        if (Current is not { } folder) return;
        if (!Directory.Exists(folder)) throw new SecretsFolderException($"The folder of secrets {folder} does not exist.");
        try
        {
            configuration.AddKeyPerFile(source =>
            {
                source.FileProvider = new PhysicalFileProvider(Path.GetFullPath(folder));
                source.IgnoreCondition = name => !name.Contains(Delimiter, StringComparison.Ordinal);
                source.Optional = false;
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SecretsFolderException($"The folder of secrets {folder} cannot be read: {exception.Message}");
        }
    }

    /// <summary>
    /// Does the same for a process that starts. Returns <see langword="false"/>, after it has said why, when the folder cannot be read.
    /// </summary>
    public static bool TryAddSecrets(this IConfigurationBuilder configuration, TextWriter errors)
    {
        try
        {
            configuration.AddSecrets();
            return true;
        }
        catch (SecretsFolderException exception)
        {
            errors.WriteLine(exception.Message);
            return false;
        }
    }

    /// <summary>
    /// Tells whether a file is in the folder. What put it there decides who may read it: systemd and Kubernetes give it to a group.
    /// </summary>
    public static bool Holds(string file) =>
        Current is { } folder
        && !Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(file)).StartsWith("..", StringComparison.Ordinal);
}
