using System.ComponentModel.DataAnnotations;
using Scoring.Settings;

namespace Scoring.Programmes;

/// <summary>Where an empty database gets its programmes from, and how often the database is read for changes.</summary>
public sealed class ProgrammeOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Programmes";

    /// <summary>
    /// Folder of the documents that seed an empty database. It is not read when the database holds any. Default <c>programmes</c> in the
    /// program's folder.
    /// </summary>
    [Required, NamesPath]
    public string Folder { get; set; } = Path.Combine(AppContext.BaseDirectory, "programmes");

    /// <summary>File of the sources and services that are seeded with them; none by default.</summary>
    [NamesPath]
    public string? Registrations { get; set; }

    /// <summary>
    /// Seconds between two reads of the database. It must be less than the rule book's greatest age. Default 30; 1 to 600, both included.
    /// </summary>
    [Range(1, 600)]
    public int RefreshSeconds { get; set; } = 30;
}
