using Npgsql;
using NpgsqlTypes;
using Scoring.Bench.Platforms;
using Scoring.Subjects;

namespace Scoring.Bench.Growth;

/// <summary>Copies the rows of enrolments: the enrolment, its locator and its handle.</summary>
internal sealed class EnrolmentRows(BenchPlatform bench)
{
    /// <summary>Copies the rows of all subjects, table by table, because a handle refers to its enrolment.</summary>
    public async Task Copy(NpgsqlConnection connection, IReadOnlyList<FilledSubject> subjects, CancellationToken cancellationToken)
    {
        var programme = bench.Programme.Id;
        var ruleSet = bench.Programme.InForce(bench.Programme.Today);
        var startedAt = TimeProvider.System.GetUtcNow().AddHours(-1).UtcDateTime;
        await Copy(
            connection, "ledger.enrolment (subject, partition, kind, since, programme, rule_set, ledger_key, consented)", subjects,
            subject =>
            [
                (subject.Number, NpgsqlDbType.Bigint), (subject.Partition, NpgsqlDbType.Smallint),
                ((short)SubjectKind.Vehicle, NpgsqlDbType.Smallint), (bench.Programme.Today, NpgsqlDbType.Date),
                (programme, NpgsqlDbType.Text), (ruleSet.Hash, NpgsqlDbType.Text), (subject.LedgerKey, NpgsqlDbType.Bytea),
                (ruleSet.Number, NpgsqlDbType.Integer),
            ],
            cancellationToken);
        await Copy(
            connection, "ledger.locator (hash, subject)", subjects,
            subject => [(subject.Locator, NpgsqlDbType.Bytea), (subject.Number, NpgsqlDbType.Bigint)], cancellationToken);
        await Copy(
            connection,
            "ledger.handle (hash, subject, partition, restricted, programme, ledger_key, started_at, id, source, proved_at, consented)",
            subjects,
            subject =>
            [
                (subject.HandleHash, NpgsqlDbType.Bytea), (subject.Number, NpgsqlDbType.Bigint), (subject.Partition, NpgsqlDbType.Smallint),
                (false, NpgsqlDbType.Boolean), (programme, NpgsqlDbType.Text), (subject.LedgerKey, NpgsqlDbType.Bytea),
                (startedAt, NpgsqlDbType.TimestampTz), (subject.HandleId, NpgsqlDbType.Text), (subject.Source, NpgsqlDbType.Text),
                (startedAt, NpgsqlDbType.TimestampTz), (ruleSet.Number, NpgsqlDbType.Integer),
            ],
            cancellationToken);
    }

    private static async Task Copy(
        NpgsqlConnection connection, string table, IReadOnlyList<FilledSubject> subjects,
        Func<FilledSubject, (object Value, NpgsqlDbType Type)[]> row, CancellationToken cancellationToken)
    {
        await using var rows = await connection.BeginBinaryImportAsync($"COPY {table} FROM STDIN (FORMAT BINARY)", cancellationToken);
        rows.Timeout = TimeSpan.Zero;
        foreach (var subject in subjects)
        {
            await rows.StartRowAsync(cancellationToken);
            foreach (var (value, type) in row(subject)) await rows.WriteAsync(value, type, cancellationToken);
        }
        await rows.CompleteAsync(cancellationToken);
    }
}
