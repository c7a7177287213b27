using System.ComponentModel.DataAnnotations;

namespace Scoring.Erasures;

/// <summary>Where the erasures are listed outside the database.</summary>
public sealed class ErasureOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Erasures";

    /// <summary>
    /// The folder of the list, one for all silos, kept and backed up apart from the database. Required outside Development; without it
    /// nothing is listed, and a restored copy brings back whoever left.
    /// </summary>
    public string Folder { get; set; } = "";

    /// <summary>
    /// How long a line is kept, in days: longer than any backup of the database. A file whose lines are all older goes as a whole, so a
    /// line stays for 30 days more at most. Default 400; 1 to 3650, both included.
    /// </summary>
    [Range(1, 3650)]
    public int KeepDays { get; set; } = 400;
}
