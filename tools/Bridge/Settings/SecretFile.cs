namespace Scoring.Bridge.Settings;

/// <summary>Reads a secret from a file, so that it is on no command line and in no environment.</summary>
internal static class SecretFile
{
    private const int BytesMax = 64 * 1024;

    /// <summary>Returns the text of the file without white space around it.</summary>
    /// <exception cref="IOException">The file is missing, empty, or too long for a secret.</exception>
    public static async ValueTask<string> Read(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(path).Length > BytesMax) throw new IOException($"The file {path} is too long for a secret.");
            var text = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
            return text.Length > 0 ? text : throw new IOException($"The file {path} is empty.");
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"The file {path} cannot be read.", exception);
        }
    }
}
