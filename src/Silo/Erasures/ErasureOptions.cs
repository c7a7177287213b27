using System.ComponentModel.DataAnnotations;

namespace Scoring.Erasures;

/// <summary>Where the erasure list is kept, and for how long.</summary>
public sealed class ErasureOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Erasures";

    /// <summary>
    /// The folder of the list: one for all silos, stored and backed up apart from the database. Required outside Development. Without it
    /// nothing is listed, and a restored database brings withdrawn subjects back.
    /// </summary>
    public string Folder { get; set; } = "";

    /// <summary>
    /// Days for which a line is kept: longer than any backup of the database. A file is deleted as a whole when all its lines are older, so
    /// a line may stay 30 days longer. Default 400; 1 to 3650, both included.
    /// </summary>
    [Range(1, 3650)]
    public int KeepDays { get; set; } = 400;
}
