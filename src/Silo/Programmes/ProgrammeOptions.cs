using System.ComponentModel.DataAnnotations;

namespace Scoring.Programmes;

/// <summary>Where programmes come from and how often the database is looked at for news.</summary>
public sealed class ProgrammeOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Programmes";

    /// <summary>
    /// Folder of documents that an empty database is seeded from, and no other. Default <c>programmes</c> beside the program.
    /// </summary>
    [Required]
    public string Folder { get; set; } = Path.Combine(AppContext.BaseDirectory, "programmes");

    /// <summary>File of sources and services that are seeded with them; none by default.</summary>
    public string? Registrations { get; set; }

    /// <summary>Seconds from one look at the database to the next. Default 30; below the rule book's greatest age.</summary>
    [Range(1, 600)]
    public int RefreshSeconds { get; set; } = 30;
}
