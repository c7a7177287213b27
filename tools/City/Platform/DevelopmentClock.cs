using System.Globalization;

namespace Scoring.City.Platform;

/// <summary>The clock that programmes run by in development: a file holding one RFC 3339 instant.</summary>
public sealed class DevelopmentClock(string path)
{
    /// <summary>Sets the instant in one step: readers see the old one or the new one, never half of it.</summary>
    public void Set(DateTimeOffset instant)
    {
        var next = path + ".next";
        File.WriteAllText(next, Text(instant) + "\n");
        File.Move(next, path, overwrite: true);
    }

    /// <summary>The instant in the file; <see langword="null"/> when there is no file yet, so the machine's clock rules.</summary>
    public DateTimeOffset? Read() =>
        File.Exists(path) ? DateTimeOffset.Parse(File.ReadAllText(path).Trim(), CultureInfo.InvariantCulture) : null;

    /// <summary>An instant in RFC 3339, UTC, whole seconds.</summary>
    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
