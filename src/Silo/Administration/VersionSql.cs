using System.Globalization;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>The statements that put a version into its tables, under partition 0's lock.</summary>
internal static class VersionSql
{
    // The last number, 0 before the first, and nothing for a programme that has ended.
    private const string LastNumber = """
        SELECT coalesce((SELECT number FROM ledger.rule_set WHERE programme = $1 ORDER BY number DESC LIMIT 1), 0)
        WHERE NOT EXISTS (SELECT FROM ledger.programme WHERE id = $1 AND ended)
        """;

    private const string AddProgramme = "INSERT INTO ledger.programme (id, document) VALUES ($1, $2)";

    private const string AddVersion = """
        INSERT INTO ledger.rule_set (programme, number, hash, first_day, document, terms, assessment) VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string AddWidening = "INSERT INTO ledger.widening (programme, number, first_day) VALUES ($1, $2, $3)";

    public static async Task Insert(LockedTransaction locked, ProgrammeVersion version, CancellationToken cancellationToken)
    {
        var (id, set) = (version.Terms.Id.Value, version.RuleSet);
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
        ? "The programme has ended: it has no further version."
        : string.Create(CultureInfo.InvariantCulture, $"Version {number} does not follow version {last}."));
}
