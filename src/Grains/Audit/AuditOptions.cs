using System.ComponentModel.DataAnnotations;

namespace Scoring.Audit;

/// <summary>Limits of auditors' requests.</summary>
public sealed class AuditOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Audit";

    /// <summary>Greatest number of days that a case lasts. Default 90; 1 to 366.</summary>
    [Range(1, 366)]
    public int CaseDaysMax { get; set; } = 90;

    /// <summary>Greatest number of cases that one auditor opens on one day. Default 20; 1 to 1000.</summary>
    [Range(1, 1000)]
    public int CasesPerDayMax { get; set; } = 20;

    /// <summary>Greatest number of days for which an audit code is valid. The participant may choose fewer. Default 30; 1 to 366.</summary>
    [Range(1, 366)]
    public int CodeDaysMax { get; set; } = 30;

    /// <summary>Greatest number of valid codes of one subject. Default 8; 1 to 64.</summary>
    [Range(1, 64)]
    public int CodesMax { get; set; } = 8;

    /// <summary>Greatest number of draws of one case. Default 5; 1 to 100.</summary>
    [Range(1, 100)]
    public int DrawsMax { get; set; } = 5;

    /// <summary>Greatest number of subjects in one draw. Default 20; 1 to 100.</summary>
    [Range(1, 100)]
    public int DrawCountMax { get; set; } = 20;

    /// <summary>
    /// Number of candidate places for each subject to draw. Many places hold filling, or entries of other programmes. Default 2000; 1 to
    /// 10,000.
    /// </summary>
    [Range(1, 10_000)]
    public int DrawCandidatesEach { get; set; } = 2000;

    /// <summary>Greatest number of days, the latest ones, whose scores are returned. Default 1100; 1 to 4000.</summary>
    [Range(1, 4000)]
    public int DaysMax { get; set; } = 1100;
}
