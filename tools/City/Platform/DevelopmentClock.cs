using System.Globalization;

namespace Scoring.City.Platform;

/// <summary>The clock of programmes in Development: a file with one RFC 3339 instant.</summary>
public sealed class DevelopmentClock(string path)
{
    /// <summary>Sets the instant. The file is replaced atomically.</summary>
    public void Set(DateTimeOffset instant)
    {
        var next = path + ".next";
        File.WriteAllText(next, Text(instant) + "\n");
        File.Move(next, path, overwrite: true);
    }

    /// <summary>
    /// Returns the instant in the file; <see langword="null"/> when there is no file yet and programmes use the machine's clock.
    /// </summary>
    public DateTimeOffset? Read() =>
        File.Exists(path) ? DateTimeOffset.Parse(File.ReadAllText(path).Trim(), CultureInfo.InvariantCulture) : null;

    /// <summary>Returns an instant in the form of RFC 3339, in UTC and whole seconds.</summary>
    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
