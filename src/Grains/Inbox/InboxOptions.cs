using System.ComponentModel.DataAnnotations;

namespace Scoring.Inbox;

/// <summary>Limits of the inboxes of administrators and auditors.</summary>
public sealed class InboxOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Inbox";

    /// <summary>Greatest number of items in an inbox. Default 200; 10 to 1000.</summary>
    [Range(10, 1000)]
    public int ItemsMax { get; set; } = 200;

    /// <summary>
    /// Greatest number of programmes, of proposals and of undecided contests that an inbox looks through. Default 500; 10 to 10,000.
    /// </summary>
    [Range(10, 10_000)]
    public int LookMax { get; set; } = 500;

    /// <summary>
    /// Days before the last day of a registration or an assessment from which on an inbox shows it. Default 30; 1 to 365.
    /// </summary>
    [Range(1, 365)]
    public int SoonDays { get; set; } = 30;
}
