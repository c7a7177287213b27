using System.ComponentModel.DataAnnotations;

namespace Scoring.Audit;

/// <summary>Limits of what auditors may do.</summary>
public sealed class AuditOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Audit";

    /// <summary>Days that a case may last. Default 90; 1 to 366, both included.</summary>
    [Range(1, 366)]
    public int CaseDaysMax { get; set; } = 90;

    /// <summary>Cases that one auditor may open on one day. Default 20; 1 to 1000, both included.</summary>
    [Range(1, 1000)]
    public int CasesPerDayMax { get; set; } = 20;

    /// <summary>Days that an audit code leads anywhere, unless its participant wishes fewer. Default 30; 1 to 366, both included.</summary>
    [Range(1, 366)]
    public int CodeDaysMax { get; set; } = 30;

    /// <summary>Codes of one subject that lead anywhere. Default 8; 1 to 64, both included.</summary>
    [Range(1, 64)]
    public int CodesMax { get; set; } = 8;

    /// <summary>Draws of one case. Default 5; 1 to 100, both included.</summary>
    [Range(1, 100)]
    public int DrawsMax { get; set; } = 5;

    /// <summary>Subjects in one draw. Default 20; 1 to 100, both included.</summary>
    [Range(1, 100)]
    public int DrawCountMax { get; set; } = 20;

    /// <summary>
    /// Places looked at for each subject that is to be drawn; many are filling, or of other programmes. Default 2000; 1 to 10000, both
    /// included.
    /// </summary>
    [Range(1, 10_000)]
    public int DrawCandidatesEach { get; set; } = 2000;

    /// <summary>Days of which the score is told, at most; the latest are told. Default 1100; 1 to 4000, both included.</summary>
    [Range(1, 4000)]
    public int DaysMax { get; set; } = 1100;
}
