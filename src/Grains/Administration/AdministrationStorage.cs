namespace Scoring.Administration;

/// <summary>Where what is under way is kept: drafts, proposals and their approvals. Nothing personal.</summary>
public static class AdministrationStorage
{
    /// <summary>Name of the grain storage that the silo provides.</summary>
    public const string Name = "administration";
}
