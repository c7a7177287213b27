using System.ComponentModel.DataAnnotations;

namespace Scoring.Administration;

/// <summary>Limits of publication: notice before a version's first day, and sizes of documents.</summary>
public sealed class PublicationOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Publication";

    /// <summary>Least number of days from publication to the first day of a later version. Default 14; 1 to 365.</summary>
    [Range(1, 365)]
    public int NoticeDays { get; set; } = 14;

    /// <summary>Least number of days from publication to the first day of a programme's first version. Default 1; 1 to 365.</summary>
    [Range(1, 365)]
    public int FirstNoticeDays { get; set; } = 1;

    /// <summary>
    /// Days after which an approval to resume or to end a programme expires when no other administrator has approved. Default 14; 1 to 365.
    /// </summary>
    [Range(1, 365)]
    public int ApprovalDays { get; set; } = 14;

    /// <summary>Greatest size of a draft in bytes. Default 1 MiB; 1 KiB to 8 MiB.</summary>
    [Range(1024, 8 * 1024 * 1024)]
    public int DraftBytesMax { get; set; } = 1024 * 1024;

    /// <summary>Greatest size of a registration's document in bytes. Default 64 KiB; 1 KiB to 1 MiB.</summary>
    [Range(1024, 1024 * 1024)]
    public int RegistrationBytesMax { get; set; } = 64 * 1024;
}
