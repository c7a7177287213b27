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

    private readonly ActWriting acts;
    private readonly RecordReader record;
    private readonly PublishedDocuments documents;
    private readonly ProgrammeNews news;
    private readonly ILogger log;

    /// <summary>Opens nothing yet.</summary>
    public PostgresProgrammeStore(
        LedgerDatabase database, LedgerHeads heads, PublishedDocuments documents, ProgrammeNews news, IOptions<StorageOptions> storage,
        ILogger<PostgresProgrammeStore> log)
    {
        acts = new ActWriting(database, heads, storage.Value.PartitionCount);
        record = new RecordReader(database);
        (this.documents, this.news, this.log) = (documents, news, log);
    }

    /// <inheritdoc/>
    public Task<PublishedState> Read(CancellationToken cancel) => Reached.Try(() => documents.Read(cancel), log);

    /// <inheritdoc/>
    public async Task<long> Record(NewAct act, CancellationToken cancel) =>
        (await Reached.Try(() => acts.Write(act, _ => Task.CompletedTask, cancel), log)).Number;

    /// <inheritdoc/>
    public Task<long> Publish(ProgrammeVersion version, NewAct act, CancellationToken cancel) =>
        Told(
            () => acts.Write(
                act,
                async locked =>
                {
                    await VersionSql.Insert(locked, version, cancel);
                    await RequireReadable(locked, cancel);
                },
                cancel),
            cancel);

    /// <inheritdoc/>
    public Task<long> SetSuspended(ProgrammeId programme, bool suspended, NewAct act, CancellationToken cancel) => Told(
        () => acts.WriteEverywhere(
            act,
            locked => ChangeOne(
                locked, Sql.Command(Suspend, (programme.Value, NpgsqlDbType.Text), (suspended, NpgsqlDbType.Boolean)), cancel),
            cancel),
        cancel);

    /// <inheritdoc/>
    public async Task<long> EndProgramme(ProgrammeId programme, NewAct act, CancellationToken cancel)
    {
        var number = await Told(
            () => acts.WriteEverywhere(
                act, locked => ChangeOne(locked, Sql.Command(End, (programme.Value, NpgsqlDbType.Text)), cancel), cancel),
            cancel);
        news.TellEnded();
        return number;
    }

    /// <inheritdoc/>
    public Task<long> Register(
        RegistrationKind kind, string id, byte[] document, RegistrationStatus status, NewAct act, CancellationToken cancel) => Told(
        () => acts.Write(
            act,
            async locked =>
            {
                await ChangeOne(locked, RegistrationSql.Put(kind, id, document, status), cancel);
                await RequireReadable(locked, cancel);
            },
            cancel),
        cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedAct>> ReadRecord(ProgrammeId programme, long after, int count, CancellationToken cancel) =>
        Reached.Try(() => record.Read(programme, after, count, cancel), log);

    /// <summary>Written is written: that this silo hears of it late is no failure of the act.</summary>
    private async Task<long> Told(Func<Task<(long Number, bool IsNew)>> write, CancellationToken cancel)
    {
        var (number, isNew) = await Reached.Try(write, log);
        if (isNew) await news.Tell(cancel);
        return number;
    }

    /// <summary>
    /// What no silo could go by must not be published: it could never be taken back. Under the lock nothing changes meanwhile.
    /// </summary>
    private static async Task RequireReadable(LockedTransaction locked, CancellationToken cancel)
    {
        try
        {
            (await ProgrammeTables.Read(locked.Batch(), cancel)).Checked();
        }
        catch (ProgrammesRefusedException refused)
        {
            throw new InvalidOperationException("With this no silo could read what is published.", refused);
        }
    }

    private static async Task ChangeOne(LockedTransaction locked, NpgsqlBatchCommand command, CancellationToken cancel)
    {
        if (await locked.Run(cancel, command) != 1) throw new InvalidOperationException("The act is about something that is not there.");
    }
}
