using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Scoring.Bench.Platforms;
using Scoring.City;
using Scoring.City.Rows;
using Scoring.Enrolments;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Bench.Growth;

/// <summary>
/// Writes enrolments and events by COPY as the platform itself would have written them: locators, handles, numbers, leaves and heads are
/// right. Only the consents' receipts are copies of one that the platform has signed. All days are the programme's current day.
/// </summary>
internal sealed class LedgerFill(BenchPlatform bench)
{
    private const int Bodies = 4096;

    /// <summary>Locks every head, as to stop a programme does. The partitions are numbered from 0.</summary>
    private const string LockHeads = "SELECT partition, position FROM ledger.head ORDER BY partition FOR UPDATE";

    /// <summary>The unique keys of the ledger but the primary one. Read before they are dropped, and made again over all rows.</summary>
    private const string Keys = """
        SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid = 'ledger.entry'::regclass AND contype = 'u' ORDER BY conname
        """;

    /// <summary>Counts leaves of the last rows of each partition that differ from those that the append computes in SQL.</summary>
    private const string WrongLeaves = $"""
        SELECT count(*) FROM ledger.head h CROSS JOIN LATERAL (
            SELECT e.*, n.ledger_key FROM ledger.entry e JOIN ledger.enrolment n USING (subject)
            WHERE e.partition = h.partition ORDER BY e.position DESC LIMIT 100) AS numbered
        WHERE numbered.leaf IS DISTINCT FROM (SELECT {EntrySql.Leaf} FROM (SELECT numbered.*) AS one)
        """;

    /// <summary>For one long transaction. Indexes are built in memory, because the role may use no temporary file.</summary>
    private const string Settings = """
        SET LOCAL statement_timeout = 0;
        SET LOCAL idle_in_transaction_session_timeout = 0;
        SET LOCAL maintenance_work_mem = '4GB';
        SET LOCAL max_parallel_maintenance_workers = 0;
        """;

    private readonly PlatformKeys _keys = bench.Services.GetRequiredService<PlatformKeys>();
    private readonly LedgerDatabase _database = bench.Services.GetRequiredService<LedgerDatabase>();
    private readonly ProgrammeId _programme = ProgrammeId.Parse(bench.Programme.Id);
    private readonly DateOnly _day = bench.Programme.Today;
    private readonly Dictionary<(string Source, int Number), byte[]> _trips = [];
    private long[] _positions = [];

    /// <summary>Fills the ledger.</summary>
    /// <param name="subjects">How many subjects, after the one that has enrolled already.</param>
    /// <param name="events">How many events.</param>
    /// <param name="cancellationToken">Cancels the filling.</param>
    public async Task Run(int subjects, int events, CancellationToken cancellationToken)
    {
        await using var connection = await bench.Database.OpenConnectionAsync(cancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await Execute(connection, Settings, cancellationToken);
            _positions = [.. await Read(connection, LockHeads, reader => reader.GetInt64(1), cancellationToken)];
            var keys = await Read(connection, Keys, reader => (reader.GetString(0), reader.GetString(1)), cancellationToken);
            foreach (var (name, _) in keys)
                await Execute(connection, $"ALTER TABLE ledger.entry DROP CONSTRAINT {name}", cancellationToken);
            await CopyAll(connection, subjects, events, cancellationToken);
            foreach (var (name, definition) in keys)
                await Execute(connection, $"ALTER TABLE ledger.entry ADD CONSTRAINT {name} {definition}", cancellationToken);
            foreach (var (partition, position) in _positions.Index())
                await Execute(
                    connection, FormattableString.Invariant($"UPDATE ledger.head SET position = {position} WHERE partition = {partition}"),
                    cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        if (await bench.Count(WrongLeaves, cancellationToken) is > 0 and var wrong)
            throw new CityException($"{wrong:N0} filled rows have another leaf than the platform gives them.");
        await Execute(connection, "SET statement_timeout = 0", cancellationToken);
        await Execute(connection, "VACUUM ledger.entry, ledger.enrolment, ledger.locator, ledger.handle", cancellationToken);
    }

    private async Task CopyAll(NpgsqlConnection connection, int subjects, int events, CancellationToken cancellationToken)
    {
        var receipt = (await Read(
            connection, $"SELECT body FROM ledger.entry WHERE kind = {(short)EntryKind.Enrolled} LIMIT 1",
            reader => reader.GetFieldValue<byte[]>(0), cancellationToken))[0];
        FilledSubject[] filled = [.. bench.Client.Draw(bench.Programme, 1, subjects).Select(Fill)];
        await new EnrolmentRows(bench).Copy(connection, filled, cancellationToken);
        bench.Progress.WriteLine($"{subjects:N0} subjects copied");
        await using var stream = await connection.BeginRawBinaryCopyAsync(
            $"COPY ledger.entry ({EntryCopy.Columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        var entries = new EntryCopy(stream);
        foreach (var subject in filled)
        {
            await Append(entries, subject, EntryKind.Enrolled, Guid.NewGuid(), receipt, cancellationToken);
            await Append(
                entries, subject, EntryKind.HandleLinked, Guid.NewGuid(), StoreEntryBodies.Handle(subject.HandleId, subject.Source),
                cancellationToken);
        }
        var draw = new Random(20261130);
        for (var n = 0; n < events && filled.Length > 0; n++)
        {
            var subject = filled[draw.Next(filled.Length)];
            var key = PlatformKeys.EventKey(subject.Source, string.Create(CultureInfo.InvariantCulture, $"filled-{n}"));
            await Append(entries, subject, EntryKind.Event, key, Trip(subject.Source, draw.Next(Bodies)), cancellationToken);
            if ((n + 1) % 5_000_000 == 0) bench.Progress.WriteLine($"{n + 1:N0} of {events:N0} events copied");
        }
        await entries.Complete(cancellationToken);
    }

    private FilledSubject Fill(City.People.Resident resident)
    {
        var handle = resident.Handles[0];
        var locator = _keys.Locator(resident.Participant, _programme, 0);
        return new FilledSubject(
            BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) | 1, _database.PartitionOf(locator), RandomNumberGenerator.GetBytes(32),
            locator, _keys.HandleHash(handle.Source, _programme, handle.Token), handle.Source);
    }

    private ValueTask Append(
        EntryCopy to, FilledSubject subject, EntryKind kind, Guid key, byte[] body, CancellationToken cancellationToken)
    {
        var entry = new Entry(
            subject.Partition, ++_positions[subject.Partition], new SubjectId(subject.Number), ++subject.Turn, kind, _day, body);
        return to.Write(entry, key, Leaf.Of(subject.LedgerKey, entry, key), cancellationToken);
    }

    private byte[] Trip(string source, int number)
    {
        if (_trips.TryGetValue((source, number), out var known)) return known;
        var data = new JsonObject();
        foreach (var (name, value) in SyntheticTrips.Trip(new Random(number)).OrderBy(member => member.Key, StringComparer.Ordinal))
            data[name] = value!.DeepClone();
        var body = new JsonObject { ["data"] = data, ["source"] = source, ["type"] = "traffic.trip" };
        return _trips[(source, number)] = Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    private static async Task<List<T>> Read<T>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) rows.Add(row(reader));
        return rows;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
