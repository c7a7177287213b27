using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>Reads programme documents from a folder; <see cref="ProgrammeDocuments"/> checks them.</summary>
public static class ProgrammeFolder
{
    /// <summary>
    /// Reads and checks every <c>.json</c> file of a folder and its subfolders: what is published from a folder passes the publication gate
    /// like any other, apart from the notice and the day of review, which depend on the day of publication.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="registrationsFile">Where sources and services are registered; <see langword="null"/> for none.</param>
    public static DocumentSet Load(string folder, string? registrationsFile)
    {
        var files = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file));
        if (registrationsFile is not null) files = files.Append((ProgrammeDocuments.RegistrationsPath, registrationsFile));
        return ProgrammeDocuments.ReadSeed(
            from file in files select (file.Path, (ReadOnlyMemory<byte>)File.ReadAllBytes(file.File)));
    }
}
