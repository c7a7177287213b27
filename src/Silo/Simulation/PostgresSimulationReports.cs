using Npgsql;
using NpgsqlTypes;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Simulation;

/// <summary>Simulation reports in PostgreSQL, each as the canonical document that its hash is made from, with exact positions.</summary>
internal sealed class PostgresSimulationReports(LedgerDatabase database, ILogger<PostgresSimulationReports> log) : ISimulationReportStore
{
    /// <inheritdoc/>
    public Task Add(ProgrammeId programme, KeptReport report, int keptMax, CancellationToken cancellationToken) => Write(
        cancellationToken,
        Sql.Command(
            SimulationReportSql.Add, Text(programme.Value), Text(report.Draft), Text(report.Hash),
            (report.At.ToUniversalTime(), NpgsqlDbType.TimestampTz),
            (SimulationReportDocument.Write(report.Report), NpgsqlDbType.Bytea)),
        Sql.Command(
            SimulationReportSql.DeleteOldest, Text(programme.Value), Text(report.Draft), (keptMax, NpgsqlDbType.Integer)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<KeptReport>> OfDraft(ProgrammeId programme, string draft, CancellationToken cancellationToken) =>
        PostgresErrors.Try<IReadOnlyList<KeptReport>>(
            async () =>
            {
                var reports = new List<KeptReport>();
                await using var command = Sql.Command(
                    database.Readers, SimulationReportSql.OfDraft, Text(programme.Value), Text(draft));
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    reports.Add(new KeptReport(
                        reader.GetString(0), draft, reader.GetFieldValue<DateTimeOffset>(1), reader.GetBoolean(2),
                        SimulationReportDocument.Read(reader.GetFieldValue<byte[]>(3))));
                }
                return reports;
            },
            log);

    /// <inheritdoc/>
    public async Task<bool> Name(ProgrammeId programme, string draft, string report, CancellationToken cancellationToken) => await Write(
        cancellationToken, Sql.Command(SimulationReportSql.Name, Text(programme.Value), Text(draft), Text(report))) == 1;

    /// <inheritdoc/>
    public Task Forget(ProgrammeId programme, string? draft, CancellationToken cancellationToken) => Write(
        cancellationToken,
        Sql.Command(SimulationReportSql.DeleteOthers, Text(programme.Value), Text(draft)),
        Sql.Command(SimulationReportSql.Unname, Text(programme.Value), Text(draft)));

    /// <inheritdoc/>
    public Task Publish(ProgrammeId programme, string draft, int version, CancellationToken cancellationToken) => Write(
        cancellationToken,
        Sql.Command(
            SimulationReportSql.Publish, Text(programme.Value), Text(draft), (version, NpgsqlDbType.Integer)),
        Sql.Command(SimulationReportSql.DeleteOthers, Text(programme.Value), Text(null)));

    /// <inheritdoc/>
    public Task<PublishedReport?> OfVersion(ProgrammeId programme, string report, CancellationToken cancellationToken) =>
        PostgresErrors.Try(
            async () =>
            {
                await using var command = Sql.Command(
                    database.Readers, SimulationReportSql.OfVersion, Text(programme.Value), Text(report));
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                return await reader.ReadAsync(cancellationToken)
                    ? new PublishedReport(
                        report, reader.GetInt32(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2),
                        SimulationReportDocument.Read(reader.GetFieldValue<byte[]>(3)))
                    : null;
            },
            log);

    /// <summary>Runs the statements in one transaction; returns how many rows they changed.</summary>
    private Task<int> Write(CancellationToken cancellationToken, params NpgsqlBatchCommand[] commands) => PostgresErrors.Try(
        async () =>
        {
            await using var batch = database.Writers.CreateBatch();
            foreach (var command in commands) batch.BatchCommands.Add(command);
            return await batch.ExecuteNonQueryAsync(cancellationToken);
        },
        log);

    private static (object Value, NpgsqlDbType Type) Text(string? value) => ((object?)value ?? DBNull.Value, NpgsqlDbType.Text);
}
