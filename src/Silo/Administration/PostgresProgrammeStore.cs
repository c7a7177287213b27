using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>Published programmes, registrations and the record of administrative actions in PostgreSQL.</summary>
internal sealed class PostgresProgrammeStore(
    AdminActionWriter actions, RecordReader record, PublishedDocuments documents, ProgrammeChangeSignal changes,
    ILogger<PostgresProgrammeStore> log) : IProgrammeStore
{
    /// <summary>
    /// Suspends or resumes a programme. Runs under the lock of every partition and locks the row. $1 programme, $2 suspended.
    /// </summary>
    private const string Suspend = "UPDATE ledger.programme SET suspended = $2 WHERE id = $1";

    /// <summary>Ends a programme. Runs under the lock of every partition and locks the row. $1 programme.</summary>
    private const string End = "UPDATE ledger.programme SET ended = true WHERE id = $1";

    /// <inheritdoc/>
    public Task<PublishedState> Read(CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => documents.Read(cancellationToken), log);

    /// <inheritdoc/>
    public async Task<long> Record(NewAdminAction act, CancellationToken cancellationToken) =>
        (await PostgresErrors.Try(() => actions.Write(act, _ => Task.CompletedTask, cancellationToken), log)).Number;

    /// <inheritdoc/>
    public Task<long> Publish(ProgrammeVersion version, NewAdminAction act, CancellationToken cancellationToken) =>
        WriteAndSignal(
            () => actions.Write(
                act,
                async locked =>
                {
                    await VersionSql.Insert(locked, version, cancellationToken);
                    await RequireReadable(locked, cancellationToken);
                },
                cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> SetSuspended(ProgrammeId programme, bool suspended, NewAdminAction act, CancellationToken cancellationToken) =>
        WriteAndSignal(
            () => actions.WriteEverywhere(
                act,
                locked => ChangeOne(
                    locked, Sql.Command(Suspend, (programme.Value, NpgsqlDbType.Text), (suspended, NpgsqlDbType.Boolean)),
                    cancellationToken),
                cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<long> EndProgramme(ProgrammeId programme, NewAdminAction act, CancellationToken cancellationToken)
    {
        var number = await WriteAndSignal(
            () => actions.WriteEverywhere(
                act, locked => ChangeOne(locked, Sql.Command(End, (programme.Value, NpgsqlDbType.Text)), cancellationToken),
                cancellationToken),
            cancellationToken);
        changes.RaiseEnded();
        return number;
    }

    /// <inheritdoc/>
    public Task<long> Register(
        RegistrationKind kind, string id, byte[] document, RegistrationStatus status, NewAdminAction act,
        CancellationToken cancellationToken) =>
        WriteAndSignal(
            () => actions.Write(
                act,
                async locked =>
                {
                    await ChangeOne(locked, RegistrationSql.Put(kind, id, document, status), cancellationToken);
                    await RequireReadable(locked, cancellationToken);
                },
                cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedAdminAction>> ReadRecord(
        ProgrammeId programme, long after, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => record.Read(programme, after, count, cancellationToken), log);

    /// <summary>
    /// Writes an action, then renews this silo's rule book. The action is committed by then, so a failed renewal does not fail it.
    /// </summary>
    private async Task<long> WriteAndSignal(Func<Task<(long Number, bool IsNew)>> write, CancellationToken cancellationToken)
    {
        var (number, isNew) = await PostgresErrors.Try(write, log);
        if (isNew) await changes.Raise(cancellationToken);
        return number;
    }

    /// <summary>
    /// Checks, before the commit, that the published documents can still be read: a publication cannot be undone. Nothing changes
    /// meanwhile, because partition 0 is locked.
    /// </summary>
    /// <exception cref="UnreadableChangeException">A silo could not read the documents; nothing is published.</exception>
    private static async Task RequireReadable(LockedTransaction locked, CancellationToken cancellationToken)
    {
        try
        {
            (await ProgrammeReader.Read(locked.Batch(), cancellationToken)).Parse();
        }
        catch (ProgrammesRefusedException exception)
        {
            throw new UnreadableChangeException(exception);
        }
    }

    private static async Task ChangeOne(LockedTransaction locked, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        if (await locked.Run(cancellationToken, command) != 1)
            throw new InvalidOperationException("The action is about a programme or a registration that does not exist.");
    }
}
