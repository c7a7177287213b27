namespace Scoring.Administration;

/// <summary>The grain storage of drafts, proposals and their approvals. It holds nothing personal.</summary>
public static class AdministrationStorage
{
    /// <summary>The name of the grain storage that the silo provides.</summary>
    public const string Name = "administration";
}
