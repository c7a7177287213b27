using System.ComponentModel.DataAnnotations;

namespace Scoring.Administration;

/// <summary>How far ahead versions are published and how large drafts may be.</summary>
public sealed class PublicationOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Publication";

    /// <summary>Days from publication to a later version's first day. Default 14.</summary>
    [Range(1, 365)]
    public int NoticeDays { get; set; } = 14;

    /// <summary>Days from publication to a programme's first version's first day. Default 1.</summary>
    [Range(1, 365)]
    public int FirstNoticeDays { get; set; } = 1;

    /// <summary>Bytes of a draft. Default 1 MiB.</summary>
    [Range(1024, 8 * 1024 * 1024)]
    public int DraftBytesMax { get; set; } = 1024 * 1024;

    /// <summary>Bytes of a registration's document. Default 64 KiB.</summary>
    [Range(1024, 1024 * 1024)]
    public int RegistrationBytesMax { get; set; } = 64 * 1024;
}
