using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>What is published and what administrators did, in PostgreSQL.</summary>
internal sealed class PostgresProgrammeStore : IProgrammeStore
{
    private const string Suspend = "UPDATE ledger.programme SET suspended = $2 WHERE id = $1";

    private const string End = "UPDATE ledger.programme SET ended = true WHERE id = $1";

    private readonly AdminActionWriter _acts;
    private readonly RecordReader _record;
    private readonly PublishedDocuments _documents;
    private readonly ProgrammeChangeSignal _news;
    private readonly ILogger _log;

    /// <summary>Opens nothing yet.</summary>
    public PostgresProgrammeStore(
        LedgerDatabase database, LedgerHeads heads, PublishedDocuments documents, ProgrammeChangeSignal news,
        IOptions<StorageOptions> storage,
        ILogger<PostgresProgrammeStore> log)
    {
        _acts = new AdminActionWriter(database, heads, storage.Value.PartitionCount);
        _record = new RecordReader(database);
        (_documents, _news, _log) = (documents, news, log);
    }

    /// <inheritdoc/>
    public Task<PublishedState> Read(CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _documents.Read(cancellationToken), _log);

    /// <inheritdoc/>
    public async Task<long> Record(NewAdminAction act, CancellationToken cancellationToken) =>
        (await PostgresErrors.Try(() => _acts.Write(act, _ => Task.CompletedTask, cancellationToken), _log)).Number;

    /// <inheritdoc/>
    public Task<long> Publish(ProgrammeVersion version, NewAdminAction act, CancellationToken cancellationToken) =>
        Told(
            () => _acts.Write(
                act,
                async locked =>
                {
                    await VersionSql.Insert(locked, version, cancellationToken);
                    await RequireReadable(locked, cancellationToken);
                },
                cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> SetSuspended(ProgrammeId programme, bool suspended, NewAdminAction act, CancellationToken cancellationToken) => Told(
        () => _acts.WriteEverywhere(
            act,
            locked => ChangeOne(
                locked, Sql.Command(Suspend, (programme.Value, NpgsqlDbType.Text), (suspended, NpgsqlDbType.Boolean)), cancellationToken),
            cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public async Task<long> EndProgramme(ProgrammeId programme, NewAdminAction act, CancellationToken cancellationToken)
    {
        var number = await Told(
            () => _acts.WriteEverywhere(
                act, locked => ChangeOne(locked, Sql.Command(End, (programme.Value, NpgsqlDbType.Text)), cancellationToken),
                cancellationToken),
            cancellationToken);
        _news.TellEnded();
        return number;
    }

    /// <inheritdoc/>
    public Task<long> Register(
        RegistrationKind kind, string id, byte[] document, RegistrationStatus status, NewAdminAction act,
        CancellationToken cancellationToken) => Told(
        () => _acts.Write(
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
        PostgresErrors.Try(() => _record.Read(programme, after, count, cancellationToken), _log);

    /// <summary>Written is written: that this silo hears of it late is no failure of the act.</summary>
    private async Task<long> Told(Func<Task<(long Number, bool IsNew)>> write, CancellationToken cancellationToken)
    {
        var (number, isNew) = await PostgresErrors.Try(write, _log);
        if (isNew) await _news.Tell(cancellationToken);
        return number;
    }

    /// <summary>
    /// What no silo could go by must not be published: it could never be taken back. Under the lock nothing changes meanwhile.
    /// </summary>
    private static async Task RequireReadable(LockedTransaction locked, CancellationToken cancellationToken)
    {
        try
        {
            (await ProgrammeReader.Read(locked.Batch(), cancellationToken)).Checked();
        }
        catch (ProgrammesRefusedException exception)
        {
            throw new InvalidOperationException("With this no silo could read what is published.", exception);
        }
    }

    private static async Task ChangeOne(LockedTransaction locked, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        if (await locked.Run(cancellationToken, command) != 1)
            throw new InvalidOperationException("The act is about something that is not there.");
    }
}
