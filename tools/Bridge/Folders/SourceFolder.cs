using Scoring.Bridge.DeadLetters;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Folders;

/// <summary>The folder and its two places: what is done, and what is dead.</summary>
internal sealed class SourceFolder : IDisposable
{
    private static readonly string[] Endings = [".jsonl", ".ndjson", ".json"];

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly TimeProvider _time;

    /// <summary>Takes a folder for this bridge alone.</summary>
    /// <exception cref="SettingsException">There is no such folder, or another bridge has it.</exception>
    public SourceFolder(string path, TimeProvider time)
    {
        _path = path;
        _time = time;
        try
        {
            if (!Directory.Exists(path)) throw new SettingsException($"{FolderOptions.Section}:{nameof(FolderOptions.Path)} is no folder.");
            Done = PrivateFiles.Folder(Path.Combine(path, "done"));
            Dead = PrivateFiles.Folder(Path.Combine(path, "dead"));
            _lock = new FileStream(Path.Combine(path, ".bridge"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The folder cannot be used, or another bridge has it: {exception.GetType().Name}");
        }
    }

    /// <summary>Where files go whose events are settled.</summary>
    public string Done { get; }

    /// <summary>Where refused events go.</summary>
    public string Dead { get; }

    /// <summary>Returns the paths of the files that wait, in the order of their names.</summary>
    public IReadOnlyList<string> Waiting() =>
    [
        .. Directory.EnumerateFiles(_path)
            .Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// Moves a file to another folder under its name, or with a number when that is taken. Its age starts from zero there.
    /// </summary>
    public void Move(string file, string folder, string? name = null)
    {
        name ??= Path.GetFileName(file);
        File.SetLastWriteTimeUtc(file, _time.GetUtcNow().UtcDateTime); // before the move, or it could expire at once
        var target = Path.Combine(folder, name);
        for (var number = 2; File.Exists(target); number++) target = Path.Combine(folder, $"{name}.{number}");
        File.Move(file, target);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
