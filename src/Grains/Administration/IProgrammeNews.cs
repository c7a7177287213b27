namespace Scoring.Administration;

/// <summary>
/// Tells this silo that something was published, suspended or registered. Optional: every silo looks from time to time anyway.
/// </summary>
public interface IProgrammeNews
{
    /// <summary>
    /// Renews this silo's rule book and catalogue now. May fail like any look at the database: what was published stays published and is
    /// found by the next look.
    /// </summary>
    Task Renew(CancellationToken cancel);
}
