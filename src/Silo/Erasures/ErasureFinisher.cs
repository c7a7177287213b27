using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Options;
using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Owners;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Erasures;

/// <summary>
/// Finishes withdrawals whose fence is committed: in the call that withdrew, in a repeated one, or in a sweep after a crash. In this order:
/// the subject is added to the erasure list outside the database, its rows are cleared in chunks without the partition's lock, the silo
/// that holds its grain and the writers of all silos forget it, and the stored erasure loses its number. Each step may be repeated.
/// </summary>
internal sealed class ErasureFinisher(
    LedgerDatabase database, ErasureList list, ISubjectMemory memory, IWriterMemories writers, IOptions<EnrolmentOptions> options)
{
    private const int OpenMax = 1000;

    /// <summary>The next open erasures. No lock: every step may be repeated. $1 last subject number, $2 count.</summary>
    private const string NextOpen = """
        SELECT subject, kind, listed FROM ledger.erasure WHERE subject IS NOT NULL AND subject > $1 ORDER BY subject LIMIT $2
        """;

    /// <summary>Stores that subjects are in the erasure list. Locks the rows of these erasures. $1 subjects.</summary>
    private const string MarkListed = "UPDATE ledger.erasure SET listed = true WHERE subject = ANY ($1) AND NOT listed";

    /// <summary>
    /// Clears a chunk of a subject's rows. $1 subject, $2 count. Locks these rows only, in ascending turns: it waits for another silo that
    /// clears the same rows and then skips them, so a count of 0 means that none is left.
    /// </summary>
    private static readonly string Clear = $"""
        WITH cleared AS (
            UPDATE ledger.entry SET kind = {EntryKindSql.Erased}, subject = NULL, turn = NULL, key = NULL, day = NULL, body = NULL
            WHERE ctid = ANY (ARRAY(SELECT ctid FROM ledger.entry WHERE subject = $1 ORDER BY turn LIMIT $2 FOR UPDATE)) RETURNING 1
        )
        SELECT count(*) FROM cleared
        """;

    /// <summary>Ends an erasure: its row keeps no subject number. Locks the row. $1 subject.</summary>
    private const string Close = "UPDATE ledger.erasure SET subject = NULL, kind = NULL WHERE subject = $1";

    /// <summary>Continues every open erasure; returns how many there were.</summary>
    /// <param name="forget">
    /// Whether the silos are asked to forget the subjects, which ends the erasures. Before this silo has joined the cluster they stay open.
    /// </param>
    /// <param name="cancellationToken">Cancels the work between two steps.</param>
    /// <exception cref="LedgerUnavailableException">A silo did not answer; the other erasures are finished.</exception>
    /// <exception cref="Exception">The first failure of any kind; every erasure that can be finished is finished.</exception>
    public async Task<int> FinishOpen(bool forget, CancellationToken cancellationToken)
    {
        var count = 0;
        Exception? failure = null;
        for (var last = long.MinValue; await OpenAfter(last, cancellationToken) is { Count: > 0 } open; last = open[^1].Subject.Value)
        {
            var other = await TryFinish(open, forget, cancellationToken);
            failure ??= other;
            count += open.Count;
        }
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        return count;
    }

    /// <summary>Continues erasures whose fence is committed. One that fails keeps no other erasure open.</summary>
    /// <exception cref="LedgerUnavailableException">A silo did not answer, so not all erasures are finished.</exception>
    /// <exception cref="Exception">The first failure of any kind; every erasure that can be finished is finished.</exception>
    public async Task Finish(IReadOnlyList<OpenErasure> open, bool forget, CancellationToken cancellationToken)
    {
        if (await TryFinish(open, forget, cancellationToken) is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    private async Task<Exception?> TryFinish(IReadOnlyList<OpenErasure> open, bool forget, CancellationToken cancellationToken)
    {
        SubjectId[] unlisted = [.. open.Where(erasure => !erasure.IsListed).Select(erasure => erasure.Subject)];
        var failure = await Try(() => Enlist(unlisted, cancellationToken), cancellationToken);
        // No rows are cleared before their subject is listed.
        foreach (var erasure in failure is null ? open : open.Where(erasure => erasure.IsListed))
        {
            var other = await Try(() => FinishListed(erasure, forget, cancellationToken), cancellationToken);
            failure ??= other;
        }
        return failure;
    }

    private async Task FinishListed(OpenErasure erasure, bool forget, CancellationToken cancellationToken)
    {
        await ClearRows(erasure.Subject, cancellationToken);
        if (!forget) return;
        if (erasure.Kind != 0) await memory.Forget(erasure.Kind, erasure.Subject);
        await writers.Forget(erasure.Subject);
        await Execute(Close, cancellationToken, (erasure.Subject.Value, NpgsqlDbType.Bigint));
    }

    /// <summary>Returns the exception of the work, which the caller throws when everything else is done.</summary>
    private static async Task<Exception?> Try(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return null;
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return exception;
        }
    }

    private async Task Enlist(SubjectId[] subjects, CancellationToken cancellationToken)
    {
        if (subjects.Length == 0) return;
        await list.Note(subjects, cancellationToken);
        await Execute(MarkListed, cancellationToken, (Array.ConvertAll(subjects, s => s.Value), NpgsqlDbType.Array | NpgsqlDbType.Bigint));
    }

    private async Task ClearRows(SubjectId subject, CancellationToken cancellationToken)
    {
        while (await Execute(
            Clear, cancellationToken, (subject.Value, NpgsqlDbType.Bigint), (options.Value.EraseRowsMax, NpgsqlDbType.Integer)) is > 0L)
        {
        }
    }

    private async Task<List<OpenErasure>> OpenAfter(long last, CancellationToken cancellationToken)
    {
        var open = new List<OpenErasure>();
        await using var command = Sql.Command(
            database.Readers, NextOpen, (last, NpgsqlDbType.Bigint), (OpenMax, NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var kind = reader.IsDBNull(1) ? default : (SubjectKind)reader.GetInt16(1);
            open.Add(new OpenErasure(new SubjectId(reader.GetInt64(0)), kind, reader.GetBoolean(2)));
        }
        return open;
    }

    private async Task<object?> Execute(
        string sql, CancellationToken cancellationToken, params (object Value, NpgsqlDbType Type)[] parameters)
    {
        await using var command = Sql.Command(database.Writers, sql, parameters);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}

/// <summary>An erasure that is not finished.</summary>
/// <param name="Subject">The erased subject.</param>
/// <param name="Kind">The kind of the subject; 0 when an earlier version stored the erasure and made the grain forget.</param>
/// <param name="IsListed">Whether the subject is in the erasure list outside the database.</param>
internal sealed record OpenErasure(SubjectId Subject, SubjectKind Kind, bool IsListed);
