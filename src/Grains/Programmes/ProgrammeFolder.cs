using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>Reads programme documents from a folder. Apart from the reading itself, which does no I/O.</summary>
public static class ProgrammeFolder
{
    /// <summary>Reads and checks every <c>.json</c> file of a folder and its subfolders.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="registrationsFile">Where sources and services are registered; <see langword="null"/> for none.</param>
    public static DocumentSet Load(string folder, string? registrationsFile)
    {
        var files = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file));
        if (registrationsFile is not null) files = files.Append((ProgrammeDocuments.RegistrationsPath, registrationsFile));
        return ProgrammeDocuments.Read([.. files.Select(file => (file.Path, (ReadOnlyMemory<byte>)File.ReadAllBytes(file.File)))]);
    }
}
