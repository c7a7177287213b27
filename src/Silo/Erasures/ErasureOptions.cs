using System.ComponentModel.DataAnnotations;
using Scoring.Settings;

namespace Scoring.Erasures;

/// <summary>Where the erasure list is kept, and for how long.</summary>
public sealed class ErasureOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Erasures";

    /// <summary>Days for which a silo writes to one file; then it begins a new one, so that old files can be deleted.</summary>
    internal const int FileDays = 30;

    /// <summary>
    /// The folder of the list: one for all silos, stored and backed up apart from the database. Required outside Development. Without it
    /// nothing is listed, and a restored database brings withdrawn subjects back.
    /// </summary>
    [NamesPath]
    public string Folder { get; set; } = "";

    /// <summary>
    /// Days for which a line is kept: longer than any backup of the database. A file is deleted as a whole when all its lines are older, so
    /// a line may stay 30 days longer. Default 400; 31 to 3650, both included: no file is deleted to which a silo may still write.
    /// </summary>
    [Range(FileDays + 1, 3650)]
    public int KeepDays { get; set; } = 400;
}
