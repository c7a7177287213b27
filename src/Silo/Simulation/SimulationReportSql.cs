namespace Scoring.Simulation;

/// <summary>The statements on administration.simulation_report. No other lock is held, and each statement is a transaction.</summary>
internal static class SimulationReportSql
{
    /// <summary>
    /// Keeps a report, unless it is kept already. Locks its own new row. $1 programme, $2 draft, $3 hash, $4 instant, $5 document.
    /// </summary>
    public const string Add = """
        INSERT INTO administration.simulation_report (programme, draft, hash, made_at, document) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (programme, draft, hash) DO NOTHING
        """;

    /// <summary>
    /// Deletes the oldest reports of a draft that no approval names. Locks the rows, and reads them again when an approval has named one
    /// meanwhile. $1 programme, $2 draft, $3 how many remain.
    /// </summary>
    public const string DeleteOldest = """
        DELETE FROM administration.simulation_report
        WHERE programme = $1 AND draft = $2 AND version IS NULL AND NOT named AND number IN (
            SELECT number FROM administration.simulation_report WHERE programme = $1 AND draft = $2 AND version IS NULL AND NOT named
            ORDER BY number DESC OFFSET $3)
        """;

    /// <summary>The reports of a draft, newest first. No lock. $1 programme, $2 draft.</summary>
    public const string OfDraft = """
        SELECT hash, made_at, named, document FROM administration.simulation_report
        WHERE programme = $1 AND draft = $2 AND version IS NULL ORDER BY number DESC
        """;

    /// <summary>Marks a report as named by an approval. Locks the row. $1 programme, $2 draft, $3 hash.</summary>
    public const string Name = """
        UPDATE administration.simulation_report SET named = true WHERE programme = $1 AND draft = $2 AND hash = $3 AND version IS NULL
        """;

    /// <summary>Deletes the reports of all drafts but one. Locks the rows. $1 programme, $2 current draft or null.</summary>
    public const string DeleteOthers = """
        DELETE FROM administration.simulation_report WHERE programme = $1 AND version IS NULL AND draft IS DISTINCT FROM $2
        """;

    /// <summary>Marks the reports of a draft as named by no approval. Locks the rows. $1 programme, $2 draft.</summary>
    public const string Unname = """
        UPDATE administration.simulation_report SET named = false WHERE programme = $1 AND draft = $2 AND version IS NULL AND named
        """;

    /// <summary>Moves the named reports of a draft to its version. Locks the rows. $1 programme, $2 draft, $3 version.</summary>
    public const string Publish = """
        UPDATE administration.simulation_report SET version = $3 WHERE programme = $1 AND draft = $2 AND version IS NULL AND named
        """;

    /// <summary>A report of the latest version that has it. No lock. $1 programme, $2 hash.</summary>
    public const string OfVersion = """
        SELECT version, draft, made_at, document FROM administration.simulation_report
        WHERE programme = $1 AND hash = $2 AND version IS NOT NULL ORDER BY version DESC LIMIT 1
        """;
}
