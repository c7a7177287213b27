using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Contests;

/// <summary>Reads and writes rows of contests under their subject's lock.</summary>
internal static class ContestRows
{
    /// <summary>Reads what a decision about one turn of a subject needs.</summary>
    public static async Task<ContestFacts> Facts(
        LockedTransaction locked, SubjectId subject, long turn, CancellationToken cancellationToken)
    {
        (object, NpgsqlDbType)[] ofTurn = [(subject.Value, NpgsqlDbType.Bigint), (turn, NpgsqlDbType.Bigint)];
        var contest = await One(locked, Sql.Command(ContestSql.OfTurn, ofTurn), Contest, cancellationToken);
        var contested = await One(locked, Sql.Command(ContestSql.Event, ofTurn), reader => Event(reader, 0), cancellationToken);
        var isCorrected = false;
        if (contested is not null)
        {
            await using var correction = locked.Batch(Sql.Command(
                ContestSql.HasKey, (subject.Value, NpgsqlDbType.Bigint), (ContestKeys.Corrected(contested.Key), NpgsqlDbType.Uuid)));
            isCorrected = await correction.ExecuteScalarAsync(cancellationToken) is true;
        }
        var due = ImmutableArray.CreateBuilder<DateOnly>();
        await using var batch = locked.Batch(Sql.Command(ContestSql.UndecidedDue, (subject.Value, NpgsqlDbType.Bigint)));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) due.Add(reader.GetFieldValue<DateOnly>(0));
        return new ContestFacts(contest, contested, isCorrected, due.ToImmutable());
    }

    /// <summary>Reads a contest of a subject by its case.</summary>
    public static Task<StoredContest?> OfCase(
        LockedTransaction locked, SubjectId subject, string caseId, CancellationToken cancellationToken) =>
        One(
            locked, Sql.Command(ContestSql.OfCase, (subject.Value, NpgsqlDbType.Bigint), (caseId, NpgsqlDbType.Text)), Contest,
            cancellationToken);

    /// <summary>Stores an opened contest with the next number.</summary>
    public static Task Insert(LockedTransaction locked, SubjectId subject, StoredContest contest, CancellationToken cancellationToken) =>
        locked.Run(
            cancellationToken,
            new NpgsqlBatchCommand(ContestSql.LockNumbers),
            Sql.Command(
                ContestSql.Insert, (contest.Case, NpgsqlDbType.Text), (subject.Value, NpgsqlDbType.Bigint),
                (contest.Turn, NpgsqlDbType.Bigint), (contest.Key, NpgsqlDbType.Uuid), (contest.Source, NpgsqlDbType.Text),
                (contest.Programme.Value, NpgsqlDbType.Text), (Grounds(contest), NpgsqlDbType.Array | NpgsqlDbType.Text),
                (contest.OpenedOn, NpgsqlDbType.Date), (contest.DueOn, NpgsqlDbType.Date)));

    /// <summary>Stores the new state of an undecided contest.</summary>
    /// <exception cref="InvalidOperationException">The contest is decided already.</exception>
    public static async Task Update(LockedTransaction locked, StoredContest contest, CancellationToken cancellationToken)
    {
        var verdict = contest.Verdict;
        var changed = await locked.Run(cancellationToken, Sql.Command(
            ContestSql.Update, (contest.Case, NpgsqlDbType.Text), (Grounds(contest), NpgsqlDbType.Array | NpgsqlDbType.Text),
            (contest.DueOn, NpgsqlDbType.Date), (verdict?.Upheld as object ?? DBNull.Value, NpgsqlDbType.Boolean),
            (verdict is null ? DBNull.Value : ContestTerms.Of(verdict.Reason), NpgsqlDbType.Text),
            (verdict?.On as object ?? DBNull.Value, NpgsqlDbType.Date), (verdict?.Key as object ?? DBNull.Value, NpgsqlDbType.Uuid)));
        if (changed != 1) throw new InvalidOperationException("The contest is decided. A decided contest never changes.");
    }

    /// <summary>Reads a contest from the first 13 columns.</summary>
    public static StoredContest Contest(NpgsqlDataReader reader) => new(
        reader.GetString(0), ProgrammeId.Parse(reader.GetString(1)), reader.GetInt64(2), reader.GetGuid(3), reader.GetString(4),
        [.. reader.GetFieldValue<string[]>(5).Select(ContestTerms.Ground)], reader.GetFieldValue<DateOnly>(6),
        reader.GetFieldValue<DateOnly>(7),
        reader.IsDBNull(8) ? null : new Verdict(
            reader.GetBoolean(8), ContestTerms.Reason(reader.GetString(9)), reader.GetFieldValue<DateOnly>(10), reader.GetGuid(11)))
    {
        Number = reader.GetInt64(12),
    };

    /// <summary>Reads an event from three columns.</summary>
    public static ContestedEvent Event(NpgsqlDataReader reader, int from) => new(
        reader.GetGuid(from), reader.GetFieldValue<DateOnly>(from + 1), reader.GetFieldValue<byte[]>(from + 2));

    private static string[] Grounds(StoredContest contest) => [.. contest.Grounds.Select(ContestTerms.Of)];

    private static async Task<T?> One<T>(
        LockedTransaction locked, NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        where T : class
    {
        await using var batch = locked.Batch(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? read(reader) : null;
    }
}
