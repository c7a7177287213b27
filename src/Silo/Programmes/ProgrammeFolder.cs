using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>Reads programme documents from a folder. <see cref="ProgrammeDocuments"/> checks them.</summary>
public static class ProgrammeFolder
{
    /// <summary>
    /// Reads and checks every <c>.json</c> file of a folder and its subfolders. These documents pass the same publication gate as any
    /// other, except for the notice period and the day of review, which depend on the day of publication.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="registrationsFile">The file of sources and services; <see langword="null"/> for none.</param>
    public static DocumentSet Load(string folder, string? registrationsFile)
    {
        var files = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file));
        if (registrationsFile is not null) files = files.Append((ProgrammeDocuments.RegistrationsPath, registrationsFile));
        return ProgrammeDocuments.ReadSeed(
            from file in files select (file.Path, (ReadOnlyMemory<byte>)File.ReadAllBytes(file.File)));
    }
}
