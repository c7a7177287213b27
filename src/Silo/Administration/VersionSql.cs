using System.Globalization;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>Stores a version of a programme. The statements run under partition 0's lock, so one version at a time is stored.</summary>
internal static class VersionSql
{
    /// <summary>
    /// The last number of a programme's versions, 0 before the first; no row for a programme that has ended. It takes no lock: the caller
    /// holds partition 0's. $1 programme.
    /// </summary>
    private const string LastNumber = """
        SELECT coalesce((SELECT number FROM ledger.rule_set WHERE programme = $1 ORDER BY number DESC LIMIT 1), 0)
        WHERE NOT EXISTS (SELECT FROM ledger.programme WHERE id = $1 AND ended)
        """;

    /// <summary>Stores a programme. Runs under partition 0's lock and locks its own new row. $1 programme, $2 terms.</summary>
    private const string AddProgramme = "INSERT INTO ledger.programme (id, document) VALUES ($1, $2)";

    /// <summary>
    /// Stores a version. Runs under partition 0's lock and locks its own new row. $1 programme, $2 number, $3 hash, $4 first day, $5 rule
    /// set, $6 terms, $7 assessment.
    /// </summary>
    private const string AddVersion = """
        INSERT INTO ledger.rule_set (programme, number, hash, first_day, document, terms, assessment) VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    /// <summary>
    /// Stores that a version needs renewed consent. Runs under partition 0's lock and locks its own new row. $1 programme, $2 number, $3
    /// first day.
    /// </summary>
    private const string AddWidening = "INSERT INTO ledger.widening (programme, number, first_day) VALUES ($1, $2, $3)";

    /// <summary>Stores a version, which must be the next of its programme.</summary>
    /// <exception cref="InvalidOperationException">The programme has ended, or the number is not the next.</exception>
    public static async Task Insert(LockedTransaction locked, ProgrammeVersion version, CancellationToken cancellationToken)
    {
        var id = version.Terms.Id.Value;
        var set = version.RuleSet;
        int? last;
        await using (var batch = locked.Batch(Sql.Command(LastNumber, (id, NpgsqlDbType.Text))))
            last = await batch.ExecuteScalarAsync(cancellationToken) as int?;
        if (last != set.Number - 1) throw NotNext(last, set.Number);
        var terms = ProgrammeDocument.Write(version.Terms);
        if (set.Number == 1)
            await locked.Run(cancellationToken, Sql.Command(AddProgramme, (id, NpgsqlDbType.Text), (terms, NpgsqlDbType.Bytea)));
        await locked.Run(cancellationToken, Sql.Command(
            AddVersion, (id, NpgsqlDbType.Text), (set.Number, NpgsqlDbType.Integer), (set.Hash, NpgsqlDbType.Text),
            (set.FirstDay, NpgsqlDbType.Date), (RuleSetDocument.Write(set), NpgsqlDbType.Bytea), (terms, NpgsqlDbType.Bytea),
            (AssessmentDocument.Write(version.Assessment), NpgsqlDbType.Bytea)));
        if (version.Widens && set.Number > 1)
            await locked.Run(cancellationToken, Sql.Command(
                AddWidening, (id, NpgsqlDbType.Text), (set.Number, NpgsqlDbType.Integer), (set.FirstDay, NpgsqlDbType.Date)));
    }

    private static InvalidOperationException NotNext(int? last, int number) => new(last is null
        ? "The programme has ended. It gets no further version."
        : string.Create(CultureInfo.InvariantCulture, $"Version {number} does not follow version {last}."));
}
